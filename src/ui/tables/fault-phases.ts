import type { FaultCard, ServiceSnapshot, Snapshot } from "../../monitor/types.ts";

/** A stretch of time: after `from`, up to `to`; ms since the epoch. */
export interface Phase {
  readonly from: number;
  readonly to: number;
}

/** The time before, under and after a fault; undefined where there has been none. */
export interface Phases {
  readonly before: Phase | undefined;
  readonly during: Phase | undefined;
  readonly after: Phase | undefined;
}

/** What requests were like in a phase. ms; 0..1; requests a second. NaN: not known, as nothing was requested. */
export interface PhaseNumbers {
  readonly p99: number;
  readonly errorRate: number;
  readonly rate: number;
}

/** How far back "before" looks, ms, unless the service's own window is longer. */
const BEFORE_MS = 60_000;

/** How finely the past is kept, by its age, ms: a window counts every slot of this length that it touches. */
const GRAINS = [
  { age: 15 * 60_000, grain: 1000 },
  { age: 4 * 3_600_000, grain: 10_000 },
] as const;
const COARSEST = 60_000;

/**
 * The phases of a fault as known at `at`. Those without the fault keep clear of the slots in which it began
 * and ended: one second of it in sixty would already be their 99th percentile.
 * @param windowMs the broken service's own window
 * @param now the newest instant there is, from which the age of the past counts
 */
export function phasesOf(
  { injectedAt, endedAt }: FaultCard,
  { at, startedAt }: Pick<Snapshot, "at" | "startedAt">,
  windowMs: number,
  now: number,
): Phases {
  const lookBack = Math.max(BEFORE_MS, windowMs);
  const grain = grainAt(injectedAt - lookBack, now);
  const beforeTo = Math.floor(injectedAt / grain) * grain;
  return {
    before: phase(Math.max(startedAt, beforeTo - lookBack), beforeTo),
    during: phase(injectedAt, endedAt ?? at),
    after: endedAt === undefined ? undefined : afterOf(injectedAt, endedAt, at, now),
  };
}

/** As long as the fault was, and at least one slot. */
function afterOf(injectedAt: number, endedAt: number, at: number, now: number): Phase | undefined {
  const grain = grainAt(endedAt, now);
  const from = Math.ceil(endedAt / grain) * grain;
  return phase(from, Math.min(at, Math.max(from + grain, 2 * endedAt - injectedAt)));
}

function phase(from: number, to: number): Phase | undefined {
  return to > from ? { from, to } : undefined;
}

function grainAt(instant: number, now: number): number {
  return GRAINS.find(({ age }) => now - instant < age)?.grain ?? COARSEST;
}

/** What a service's requests were like in a phase; undefined for a phase that has not been. */
export function numbersIn(
  { history }: Pick<Snapshot, "history">,
  service: string,
  phase: Phase | undefined,
): PhaseNumbers | undefined {
  if (!phase) return undefined;
  const { requestCount, requestRate, p99, errorRate } = history.stats(
    service,
    phase.to - phase.from,
    phase.to,
  );
  if (requestCount === 0) return { p99: Number.NaN, errorRate: Number.NaN, rate: 0 };
  return { p99, errorRate, rate: requestRate };
}

/** A loss of throughput counts as at most this many halvings: none at all would be infinitely many. */
const MOST_HALVINGS = 5;
/** So many doublings of p99 weigh as much as all requests failing: a tenth of them, the usual critical limit, is one. */
const ERROR_WEIGHT = 10;

/**
 * How badly a fault hit a service, 0 for not at all: one point for each doubling of p99, for each rise of
 * the error rate by 10 percentage points, and for each halving of throughput (at most 5). What got better
 * counts as nothing, and so does what is not known.
 */
export function hitScore(before: PhaseNumbers | undefined, during: PhaseNumbers | undefined): number {
  if (!before || !during) return 0;
  const rise = positive(Math.log2(during.p99 / before.p99));
  const errors = positive((during.errorRate - before.errorRate) * ERROR_WEIGHT);
  const loss = Math.min(MOST_HALVINGS, positive(Math.log2(before.rate / during.rate)));
  return rise + errors + loss;
}

/** NaN, which every unknown leads to, counts as nothing. */
function positive(value: number): number {
  return value > 0 ? value : 0;
}

/** Above this many services only those near the fault are compared, with others to fill up: each costs two windows. */
const MOST_COMPARED = 100;

/** The services to compare: all of them, or in a large fleet first those that the fault can have touched. */
export function comparedServices(
  card: FaultCard,
  services: readonly ServiceSnapshot[],
): readonly ServiceSnapshot[] {
  if (services.length <= MOST_COMPARED) return services;
  const near = (service: ServiceSnapshot) =>
    service.name === card.service ||
    card.spreadTo.includes(service.name) ||
    service.calls.includes(card.service) ||
    service.calledBy.includes(card.service);
  const far = (service: ServiceSnapshot) => !near(service);
  return [...services.filter(near), ...services.filter(far)].slice(0, MOST_COMPARED);
}
