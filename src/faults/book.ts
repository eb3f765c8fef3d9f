import { type Effects, noEffects } from "../core/effects.ts";
import { formatCount, formatDuration } from "../core/text.ts";
import { faultKind, faultKinds } from "./index.ts";
import type { ActiveFault, FaultKind } from "./types.ts";

/** The shortest and the longest a fault may last, ms. */
export const MIN_TTL_MS = 1_000;
export const MAX_TTL_MS = 86_400_000;

/** What somebody asks for. `ttlMs` and `at` (ms since the epoch) as in ActiveFault. */
export interface FaultRequest {
  readonly service: string;
  readonly kind: string;
  readonly intensity: number;
  readonly ttlMs: number;
  readonly at: number;
}

/** All faults at work, on all services. Times are ms since the epoch. */
export interface FaultBook {
  /** Begins a fault. Several on one service add up. Throws a RangeError with one plain sentence. */
  inject(request: FaultRequest): ActiveFault;
  /** Ends the faults of one service; gives them as they ended, `endsAt` being the true end. */
  clear(service: string, at: number): readonly ActiveFault[];
  /** Ends all; as `clear`. */
  clearAll(at: number): readonly ActiveFault[];
  /** Ends those whose time is over and gives them. */
  expire(now: number): readonly ActiveFault[];
  /** In the order of injection; the same array until something changes. */
  active(): readonly ActiveFault[];
  /** What the faults of a service do to it together at an instant; one shared frozen object when there are none. */
  effects(service: string, at: number): Readonly<Effects>;
}

const NONE: Readonly<Effects> = Object.freeze(noEffects());

function checkedKind({ kind, intensity, ttlMs }: FaultRequest): FaultKind {
  const known = faultKind(kind);
  if (!known) {
    throw new RangeError(`There is no fault "${kind}"; choose one of ${Object.keys(faultKinds).join(", ")}.`);
  }
  const lowest = known.levels[0]!;
  const highest = known.levels.at(-1)!;
  if (!(intensity >= lowest && intensity <= highest)) {
    const range =
      lowest === highest
        ? `only ${formatCount(lowest)}`
        : `${formatCount(lowest)} to ${formatCount(highest)} ${known.unit}`;
    throw new RangeError(`The intensity of ${kind} can be ${range}, not ${intensity}.`);
  }
  if (!(ttlMs >= MIN_TTL_MS && ttlMs <= MAX_TTL_MS)) {
    const given = Number.isFinite(ttlMs) ? formatDuration(ttlMs) : String(ttlMs);
    throw new RangeError(`A fault can last 1s to 24h, not ${given}.`);
  }
  return known;
}

/** An empty book. It has no timer: whoever owns it calls `expire`. */
export function createFaultBook(): FaultBook {
  let faults: readonly ActiveFault[] = [];
  let lastId = 0;
  const byService = new Map<string, ActiveFault[]>();

  function replace(next: readonly ActiveFault[]): void {
    faults = next;
    byService.clear();
    for (const fault of next) {
      const others = byService.get(fault.service);
      if (others) others.push(fault);
      else byService.set(fault.service, [fault]);
    }
  }

  /** Takes out the chosen ones. Nothing is rebuilt when none is. */
  function end(chosen: (fault: ActiveFault) => boolean, at: number): readonly ActiveFault[] {
    const ended = faults.filter(chosen);
    if (ended.length === 0) return ended;
    replace(faults.filter((fault) => !chosen(fault)));
    return ended.map((fault) => ({ ...fault, endsAt: Math.min(fault.endsAt, at) }));
  }

  return {
    inject(request) {
      const { kind } = checkedKind(request);
      const { service, intensity, at, ttlMs } = request;
      const fault = { id: ++lastId, service, kind, intensity, startedAt: at, endsAt: at + ttlMs };
      replace([...faults, fault]);
      return fault;
    },
    clear: (service, at) => end((fault) => fault.service === service, at),
    clearAll: (at) => end(() => true, at),
    expire: (now) => end((fault) => fault.endsAt <= now, now),
    active: () => faults,
    effects(service, at) {
      const own = byService.get(service);
      if (own === undefined) return NONE;
      const effects = noEffects();
      for (const fault of own) {
        // A fault that is over but not yet expired does nothing any more.
        if (at < fault.startedAt || at >= fault.endsAt) continue;
        faultKind(fault.kind)?.apply(effects, fault.intensity, at - fault.startedAt);
      }
      return effects;
    },
  };
}
