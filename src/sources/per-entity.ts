import { isDeepStrictEqual } from "node:util";
import type { Cancel, Clock } from "../core/clock.ts";
import type { OpenOrigin, OriginContext, Watched } from "../worlds/types.ts";

/**
 * All that may be used to observe one entity. Callbacks of its clock and promises are guarded: an exception is
 * reported as a problem of the entity, and after the stop they are not called.
 */
export interface EntityContext {
  readonly clock: Clock;
  /** Reports why the entity could not be observed; undefined: it was. */
  readonly report: (problem: string | undefined) => void;
  /** The function with the same guard, for a call that must not end the others. */
  guard<Args extends unknown[]>(fn: (...args: Args) => void): (...args: Args) => void;
  /** Calls `done` with the value of a promise, or reports why it rejected; neither once the entity is stopped. */
  settle<Value>(promise: Promise<Value>, done: (value: Value) => void): void;
}

/**
 * Begins to observe one entity; returns what ends that.
 * @param index how many entities begin before it at the same time, of `count` in all
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
 * An origin that observes each of its entities independently of the others: a changed list stops and starts only
 * the entities that have changed.
 * @param trouble begins the report of an exception: "cannot probe"
 */
export function openPerEntity<Options>(
  watched: readonly Watched[],
  context: OriginContext,
  trouble: string,
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
      observed.set(name, { watched: one, stop: startGuarded(context.clock, report, trouble, begin) });
    }
  }

  // The monitor hands an origin entities of its own kind only, with options that its schema has parsed.
  update(watched as readonly Watched<Options>[]);
  return {
    update: (next) => update(next as readonly Watched<Options>[]),
    stop() {
      for (const name of [...observed.keys()]) stop(name);
    },
  };
}

/** An entity that was removed and added again has a new recorder, and begins anew. */
function isUnchanged(before: Watched | undefined, now: Watched): boolean {
  return before?.recorder === now.recorder && isDeepStrictEqual(before.entity.options, now.entity.options);
}

function startGuarded(
  clock: Clock,
  report: (problem: string | undefined) => void,
  trouble: string,
  begin: (context: EntityContext) => Cancel,
): Cancel {
  let stopped = false;

  function fail(error: unknown): void {
    if (!stopped) report(`${trouble}: ${messageOf(error)}`);
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
      report(`${trouble}: ${messageOf(error)}`);
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
