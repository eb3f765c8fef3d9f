import type { Entity } from "../core/entity.ts";
import { checkedParams, type Params } from "../core/params.ts";
import { formatDuration } from "../core/text.ts";
import type { ActiveFault, AnyFaultKind } from "./types.ts";

/** The minimum and maximum duration of a fault, ms. */
export const MIN_TTL_MS = 1_000;
export const MAX_TTL_MS = 86_400_000;

/** A fault to be injected. `ttlMs` in ms, `at` in ms since the epoch. */
export interface FaultRequest {
  readonly entity: Entity;
  readonly kind: string;
  /** Missing parameters get their defaults. */
  readonly params: Params;
  readonly ttlMs: number;
  readonly at: number;
}

/** The active faults of all entities. Times are ms since the epoch. */
export interface ActiveFaults {
  /** Starts a fault. Several faults on one entity add up. Throws a RangeError with a one-sentence message. */
  inject(request: FaultRequest): ActiveFault;
  /** Ends the faults of one entity; returns them with `endsAt` set to the actual end. */
  clear(entity: string, at: number): readonly ActiveFault[];
  /** Ends all faults; see `clear`. */
  clearAll(at: number): readonly ActiveFault[];
  /** Ends the expired faults and returns them. */
  expire(now: number): readonly ActiveFault[];
  /** In the order of injection; returns the same array until something changes. */
  list(): readonly ActiveFault[];
  /** Applies the faults of an entity at an instant to the `effects` of its world. */
  apply(entity: string, at: number, effects: unknown): void;
}

/** Starts without faults. It has no timer: its owner calls `expire`. */
export function createActiveFaults(kinds: ReadonlyMap<string, AnyFaultKind>): ActiveFaults {
  let faults: readonly ActiveFault[] = [];
  let lastId = 0;
  const byEntity = new Map<string, ActiveFault[]>();

  function replace(next: readonly ActiveFault[]): void {
    faults = next;
    byEntity.clear();
    for (const fault of next) {
      const others = byEntity.get(fault.entity);
      if (others) others.push(fault);
      else byEntity.set(fault.entity, [fault]);
    }
  }

  /** Removes the chosen faults. Keeps the array if there are none. */
  function end(chosen: (fault: ActiveFault) => boolean, at: number): readonly ActiveFault[] {
    const ended = faults.filter(chosen);
    if (ended.length === 0) return ended;
    replace(faults.filter((fault) => !chosen(fault)));
    return ended.map((fault) => ({ ...fault, endsAt: Math.min(fault.endsAt, at) }));
  }

  return {
    inject({ entity, kind: name, params: given, ttlMs, at }) {
      const kind = kindFor(kinds, entity, name);
      const params = checkedParams(name, kind.params, given);
      if (!(ttlMs >= MIN_TTL_MS && ttlMs <= MAX_TTL_MS)) {
        const text = Number.isFinite(ttlMs) ? formatDuration(ttlMs) : String(ttlMs);
        throw new RangeError(`A fault can last 1s to 24h, not ${text}.`);
      }
      const fault: ActiveFault = {
        id: ++lastId,
        entity: entity.name,
        kind: name,
        params,
        startedAt: at,
        endsAt: at + ttlMs,
      };
      replace([...faults, fault]);
      return fault;
    },
    clear: (entity, at) => end((fault) => fault.entity === entity, at),
    clearAll: (at) => end(() => true, at),
    expire: (now) => end((fault) => fault.endsAt <= now, now),
    list: () => faults,
    apply(entity, at, effects) {
      const own = byEntity.get(entity);
      if (own === undefined) return;
      for (const { kind, params, startedAt, endsAt } of own) {
        // A fault past its end has no effect, even before `expire` removes it.
        if (at >= startedAt && at < endsAt) kinds.get(kind)?.apply(effects, params, at - startedAt);
      }
    },
  };
}

/** @throws RangeError if the kind does not exist or does not accept this entity */
function kindFor(kinds: ReadonlyMap<string, AnyFaultKind>, entity: Entity, name: string): AnyFaultKind {
  const accepted = [...kinds.values()].filter(({ accepts }) => accepts.includes(entity.kind));
  const kind = kinds.get(name);
  if (kind === undefined || !accepted.includes(kind)) {
    const names = accepted.map((each) => each.kind).join(", ");
    const choice = names === "" ? `no fault can break a ${entity.kind}` : `choose one of ${names}`;
    const what = kind === undefined ? `There is no fault "${name}"` : `${name} cannot break a ${entity.kind}`;
    throw new RangeError(`${what}; ${choice}.`);
  }
  const refusal = kind.refuses?.(entity);
  if (refusal !== undefined)
    throw new RangeError(`${name} would have no effect on ${entity.name}: ${refusal}.`);
  return kind;
}
