import type { Clock } from "../core/clock.ts";
import type { Monitor } from "../monitor/types.ts";
import type { Host } from "./host.ts";
import { createPlainLog } from "./plain.ts";
import { readPlainKeys } from "./plain-keys.ts";

/** With more than this unread, in UTF-16 units, changes are summed up until the reader has caught up. */
const MOST_UNREAD = 1_000_000;
/** How often to look whether the reader of a pipe is still there, ms. */
const LOOK_MS = 1_000;

/** Runs the monitor without a screen, line by line, until a key or a signal ends it or its output fails. */
export function watchPlain(monitor: Monitor, host: Host, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const newLines = createPlainLog();
    const { lines: output } = host;
    const cancels = [
      monitor.subscribe(() => {
        // Memory is bounded: the next lines tell what has changed since the last ones that were written.
        if (output.waiting > MOST_UNREAD) return;
        const lines = newLines(monitor.snapshot());
        if (lines.length > 0) output.write(`${lines.join("\n")}\n`);
      }),
      // `faultline watch | head -1` closes the pipe; without a change nothing would be written to notice it.
      clock.every(LOOK_MS, () => {
        if (!host.hasReader()) output.write("\n");
      }),
      host.onSignal(end),
      readPlainKeys(host, clock, end),
    ];
    cancels.push(output.onFailure(end));
    function end() {
      for (const cancel of cancels.splice(0)) cancel();
      resolve();
    }
  });
}
