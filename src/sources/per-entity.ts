import { isDeepStrictEqual } from "node:util";
import type { Cancel, Clock } from "../core/clock.ts";
import type { OpenOrigin, OriginContext, Watched } from "../worlds/types.ts";

/**
 * The context for observing one entity. Callbacks of its clock and promises are guarded: exceptions are
 * reported as a problem of the entity, and no callback runs after the stop.
 */
export interface EntityContext {
  readonly clock: Clock;
  /** Reports why the entity could not be observed; undefined: no problem. */
  readonly report: (problem: string | undefined) => void;
  /** Wraps a function with the same guard, so that an exception does not stop other entities. */
  guard<Args extends unknown[]>(fn: (...args: Args) => void): (...args: Args) => void;
  /** Calls `done` with the value of a promise, or reports its rejection; neither after the stop. */
  settle<Value>(promise: Promise<Value>, done: (value: Value) => void): void;
}

/**
 * Starts observing one entity; returns a function that stops it.
 * @param index the number of entities that start before it at the same time, of `count` in total
 */
export type ObserveEntity<Options> = (
  watched: Watched<Options>,
  context: EntityContext,
  index: number,
  count: number,
) => Cancel;

interface Observed<Options> {
  readonly watched: Watched<Options>;
  readonly stop: Cancel;
}

/**
 * An origin that observes each entity independently: an update stops and starts only the changed entities.
 * @param prefix prefix for reported exceptions: "cannot probe"
 */
export function openPerEntity<Options>(
  watched: readonly Watched[],
  context: OriginContext,
  prefix: string,
  observe: ObserveEntity<Options>,
): OpenOrigin {
  const observed = new Map<string, Observed<Options>>();

  function stop(name: string): void {
    observed.get(name)?.stop();
    observed.delete(name);
  }

  function update(next: readonly Watched<Options>[]): void {
    const names = new Set(next.map(({ entity }) => entity.name));
    for (const name of [...observed.keys()]) if (!names.has(name)) stop(name);
    const changed = next.filter((one) => !isUnchanged(observed.get(one.entity.name)?.watched, one));
    for (const [index, one] of changed.entries()) {
      const { name } = one.entity;
      stop(name);
      const report = (problem: string | undefined) => context.report(name, problem);
      const begin = (guarded: EntityContext) => observe(one, guarded, index, changed.length);
      observed.set(name, { watched: one, stop: startGuarded(context.clock, report, prefix, begin) });
    }
  }

  // The monitor passes only entities of the origin's own kind, with options parsed by its schema.
  update(watched as readonly Watched<Options>[]);
  return {
    update: (next) => update(next as readonly Watched<Options>[]),
    stop() {
      for (const name of [...observed.keys()]) stop(name);
    },
  };
}

/** An entity that was removed and added again has a new recorder and must restart. */
function isUnchanged(before: Watched | undefined, now: Watched): boolean {
  return before?.recorder === now.recorder && isDeepStrictEqual(before.entity.options, now.entity.options);
}

function startGuarded(
  clock: Clock,
  report: (problem: string | undefined) => void,
  prefix: string,
  begin: (context: EntityContext) => Cancel,
): Cancel {
  let stopped = false;

  function fail(error: unknown): void {
    if (!stopped) report(`${prefix}: ${messageOf(error)}`);
  }

  function guard<Args extends unknown[]>(fn: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      if (stopped) return;
      try {
        fn(...args);
      } catch (error) {
        fail(error);
      }
    };
  }

  const context: EntityContext = {
    clock: {
      now: () => clock.now(),
      every: (periodMs, fn) => clock.every(periodMs, guard(fn)),
      after: (delayMs, fn) => clock.after(delayMs, guard(fn)),
    },
    report,
    guard,
    settle: (promise, done) => void promise.then(guard(done), fail),
  };

  let end: Cancel = () => {};
  guard(() => {
    end = begin(context);
  })();
  return () => {
    if (stopped) return;
    stopped = true;
    try {
      end();
    } catch (error) {
      report(`${prefix}: ${messageOf(error)}`);
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
