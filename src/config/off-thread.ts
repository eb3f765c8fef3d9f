import { Worker } from "node:worker_threads";
import type { Clock } from "../core/clock.ts";
import { durationText } from "../core/duration.ts";
import type { ConfigResult } from "./types.ts";

/** What checking one config may take. */
export interface Budget {
  /** Real time, ms. */
  readonly deadlineMs: number;
  /** Memory of the thread, MB. */
  readonly memoryMb: number;
}

/** On an idle machine the largest valid config takes a tenth of the time, and half of the memory. */
export const BUDGET: Budget = { deadlineMs: 30_000, memoryMb: 384 };

/** The build gives the thread a file of its own beside the others. */
const THREAD = import.meta.url.endsWith(".ts") ? "./config-thread.ts" : "./config-thread.js";

/**
 * Parses the text of a config on a thread of its own, so that a large or hostile one neither stops the screen nor
 * takes the memory of the process. A config that exceeds the budget is refused.
 * @param thread the file that the thread runs; replaced in tests
 */
export function parseOffThread(
  text: string,
  clock: Clock,
  { deadlineMs, memoryMb }: Budget = BUDGET,
  thread = new URL(THREAD, import.meta.url),
): Promise<ConfigResult> {
  return new Promise((resolve) => {
    const worker = new Worker(thread, {
      workerData: text,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 },
      // The flags of the process concern its own heap.
      execArgv: [],
      // Nothing but the terminal writes on the screen.
      stdout: true,
      stderr: true,
    });
    const end = (result: ConfigResult) => {
      cancelDeadline();
      void worker.terminate();
      resolve(result);
    };
    const cancelDeadline = clock.after(deadlineMs, () =>
      end(refused(`checking this config takes longer than ${durationText(deadlineMs)}; make it smaller`)),
    );
    worker.once("message", end);
    worker.once("error", (error) => end(refused(reasonOf(error, memoryMb))));
    worker.once("exit", () => end(refused("checking this config ended without a result; make it smaller")));
  });
}

function reasonOf(error: unknown, memoryMb: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return `checking this config takes more than ${memoryMb} MB of memory; make it smaller`;
  }
  return `this config cannot be checked: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
}

function refused(message: string): ConfigResult {
  return { ok: false, problems: [{ line: 1, column: 1, message }] };
}
