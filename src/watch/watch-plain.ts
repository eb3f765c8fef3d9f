import type { Monitor } from "../monitor/types.ts";
import type { Host } from "./host.ts";
import { createPlainTeller } from "./plain.ts";

/** Watches without a screen, line by line, until asked to end or until nobody reads any more. */
export function watchPlain(monitor: Monitor, host: Host): Promise<void> {
  return new Promise((resolve) => {
    const tell = createPlainTeller();
    const { output } = host;
    const end = () => {
      unsubscribe();
      cancelSignal();
      output.off("error", end);
      resolve();
    };
    const unsubscribe = monitor.subscribe(() => {
      const lines = tell(monitor.snapshot());
      if (lines.length > 0) output.write(`${lines.join("\n")}\n`);
    });
    const cancelSignal = host.onSignal(end);
    // `faultline watch | head` closes the pipe: that is an end like any other.
    output.on("error", end);
  });
}
