import { cpuBetween, readCpu, residentMb } from "./process-cost.ts";
import { record } from "./recording.ts";
import { measureRedraws } from "./redraws.ts";
import type { Subject } from "./subjects.ts";

export interface Plan {
  readonly warmUpMs: number;
  readonly windowMs: number;
  /** The number of starts per program to measure the first frame. */
  readonly starts: number;
  readonly frozenMs: number;
}

export interface Result {
  readonly name: string;
  readonly redrawsPerSecond: number;
  /** Medians over the redraws of the window. */
  readonly changedCells: number;
  readonly bytes: number;
  readonly smallest: number;
  /** Median of bytes / smallest of each redraw. */
  readonly bytesRatio: number;
  readonly cpuMs: number;
  readonly firstFrameMs: number;
  readonly rssMb: number;
  /** Undefined if the program cannot freeze its screen. */
  readonly frozen: { readonly bytes: number; readonly cpuMs: number } | undefined;
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The median; NaN for an empty list. */
export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number> {
  await measure(); // Warms up the caches: files and compiled code.
  const results: number[] = [];
  for (let nth = 0; nth < times; nth++) results.push(await measure());
  return middle(results);
}

/** From the start to the end of a program in a pseudo-terminal, ms: the minimum for any program. */
export function measureExit(command: string, args: readonly string[], plan: Plan): Promise<number> {
  const env = { PATH: process.env.PATH ?? "", TERM: "xterm-256color" };
  return repeat(plan.starts, () => record(command, args, env).exited);
}

async function measureFirstFrame({ command, args, env, landmarks, quitKeys }: Subject, plan: Plan) {
  return repeat(plan.starts, async () => {
    const recording = record(command, args, env);
    try {
      const shown = await recording.whenShown((text) => landmarks.every((landmark) => landmark.test(text)));
      await sleep(300);
      return shown;
    } finally {
      await recording.end(quitKeys);
    }
  });
}

/** Starts the program several times to measure the first frame, then once to measure redraws. */
export async function measureSubject(subject: Subject, plan: Plan): Promise<Result> {
  const firstFrameMs = await measureFirstFrame(subject, plan);
  const { command, args, env, landmarks, quitKeys, freezeKey, name } = subject;
  const recording = record(command, args, env);
  const { pid, chunks } = recording;
  await recording.whenShown((text) => landmarks.every((landmark) => landmark.test(text)));
  await sleep(plan.warmUpMs);
  const from = performance.now();
  const before = readCpu(pid);
  await sleep(plan.windowMs);
  const to = performance.now();
  const cpuMs = cpuBetween(before, readCpu(pid));
  const rssMb = residentMb(pid);

  let frozen: Result["frozen"];
  if (freezeKey !== undefined) {
    recording.press(freezeKey);
    await sleep(1500); // Pausing draws an update, and may show a message for a moment.
    const [count, cpuThen] = [chunks.length, readCpu(pid)];
    await sleep(plan.frozenMs);
    const bytes = chunks.slice(count).reduce((sum, { data }) => sum + data.byteLength, 0);
    frozen = { bytes, cpuMs: cpuBetween(cpuThen, readCpu(pid)) };
  } else await sleep(200); // The last redraw of the window may not be complete.
  await recording.end(quitKeys);

  const redraws = await measureRedraws(chunks, from, to);
  return {
    name,
    redrawsPerSecond: (redraws.length * 1000) / (to - from),
    changedCells: middle(redraws.map((redraw) => redraw.changed)),
    bytes: middle(redraws.map((redraw) => redraw.bytes)),
    smallest: middle(redraws.map((redraw) => redraw.smallest)),
    bytesRatio: middle(redraws.filter(({ smallest }) => smallest > 0).map((one) => one.bytes / one.smallest)),
    cpuMs: cpuMs / redraws.length,
    firstFrameMs,
    rssMb,
    frozen,
  };
}
