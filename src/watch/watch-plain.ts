import type { Monitor } from "../monitor/types.ts";
import type { Host } from "./host.ts";
import { createPlainLog } from "./plain.ts";

/** Runs the monitor without a screen, line by line, until a signal arrives or its output is closed. */
export function watchPlain(monitor: Monitor, host: Host): Promise<void> {
  return new Promise((resolve) => {
    const newLines = createPlainLog();
    const { output } = host;
    const end = () => {
      unsubscribe();
      cancelSignal();
      output.off("error", end);
      resolve();
    };
    const unsubscribe = monitor.subscribe(() => {
      const lines = newLines(monitor.snapshot());
      if (lines.length > 0) output.write(`${lines.join("\n")}\n`);
    });
    const cancelSignal = host.onSignal(end);
    // `faultline watch | head` closes the pipe, which also ends the run.
    output.on("error", end);
  });
}
