import type { Cancel, Clock } from "../../src/core/clock.ts";
import { createRandom } from "../../src/core/random.ts";
import type { OriginContext } from "../../src/worlds/types.ts";

/**
 * A context for an origin under test. `problems` contains the newest reported problem of each entity;
 * `timers` is the number of active timers.
 */
export function createFakeContext(clock: Clock, overrides: Partial<OriginContext> = {}) {
  const problems = new Map<string, string | undefined>();
  const open = new Set<Cancel>();

  function counted(start: (ended: () => void) => Cancel): Cancel {
    const ended = () => void open.delete(both);
    const cancel = start(ended);
    const both = () => {
      cancel();
      ended();
    };
    open.add(both);
    return both;
  }

  const context: OriginContext = {
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
    live: true,
    random: (name) => createRandom(1, name),
    applyFaults: () => {},
    send: () => "no such entity",
    discover: () => {
      throw new Error("no origin of these tests discovers entities");
    },
    retire: () => {
      throw new Error("no origin of these tests retires entities");
    },
    report: (entity, problem) => void problems.set(entity, problem),
    ...overrides,
  };
  return { context, problems, timers: () => open.size };
}
