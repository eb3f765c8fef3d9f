import type { Cancel, Clock } from "../../src/core/clock.ts";
import { noEffects } from "../../src/core/effects.ts";
import { createRandom } from "../../src/core/random.ts";
import type { SourceContext } from "../../src/sources/types.ts";

/**
 * A world for a source under test. `problems` holds what it reported, the newest for each service; `timers`
 * counts the timers it has arranged and that have neither ended nor been cancelled.
 */
export function createContext(clock: Clock, live = true) {
  const problems = new Map<string, string | undefined>();
  const open = new Set<Cancel>();

  function counted(arrange: (ended: () => void) => Cancel): Cancel {
    const ended = () => void open.delete(both);
    const cancel = arrange(ended);
    const both = () => {
      cancel();
      ended();
    };
    open.add(both);
    return both;
  }

  const context: SourceContext = {
    clock: {
      now: () => clock.now(),
      every: (periodMs, fn) => counted(() => clock.every(periodMs, fn)),
      after: (delayMs, fn) =>
        counted((ended) =>
          clock.after(delayMs, () => {
            ended();
            fn();
          }),
        ),
    },
    live,
    random: (name) => createRandom(1, name),
    effects: () => noEffects(),
    report: (service, problem) => void problems.set(service, problem),
  };
  return { context, problems, timers: () => open.size };
}
