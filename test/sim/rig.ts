import type { Clock } from "../../src/core/clock.ts";
import type { EffectsReader } from "../../src/core/effects.ts";
import type { Labels, Recorder, RequestRecorder } from "../../src/core/observation.ts";
import { createRandom } from "../../src/core/random.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createFaultBook } from "../../src/faults/book.ts";
import { type SimOptionsInput, simOptionsSchema } from "../../src/sim/options.ts";
import { openWorld } from "../../src/sim/world.ts";

export interface SeenRequest {
  readonly at: number;
  readonly latencyMs: number;
  readonly ok: boolean;
  readonly error: string | undefined;
  /** When it was recorded. */
  readonly toldAt: number;
  /** None where it was told to the service alone. */
  readonly labels: Labels | undefined;
}

/** Everything one service said, in the order it said it. */
export interface Seen {
  readonly requests: SeenRequest[];
  /** The labels that a recorder was asked for, one entry for each time. */
  readonly labelled: Labels[];
  readonly checks: { at: number; pass: boolean; reason: string | undefined }[];
  readonly heartbeats: number[];
  readonly gauges: { at: number; name: string; value: number }[];
  /** How much each counter grew in all. */
  readonly counters: Map<string, number>;
}

export type Fleet = Readonly<Record<string, SimOptionsInput>>;

export interface Setting {
  readonly seed?: number;
  readonly clock?: Clock;
  readonly effects?: EffectsReader;
  /** Puts something between a service and what is seen of it. */
  readonly wrap?: (service: string, recorder: Recorder) => Recorder;
}

/** Calm in every respect, so that what a test adds stands out. */
export const CALM = { base_latency: 100, deviation: 0, rate: 50, spikes: { factor: 1 } } as const;

/** A small world whose observations are kept as they come. */
export function createRig(fleet: Fleet, setting: Setting = {}) {
  const virtual = createVirtualClock();
  const clock = setting.clock ?? virtual;
  const book = createFaultBook();
  const problems: (readonly [service: string, problem: string | undefined])[] = [];
  const all = new Map<string, Seen>();
  const streams: string[] = [];

  const services = Object.entries(fleet).map(([service, options]) => {
    const seen: Seen = {
      requests: [],
      labelled: [],
      checks: [],
      heartbeats: [],
      gauges: [],
      counters: new Map(),
    };
    all.set(service, seen);
    const requestsOf = (labels: Labels | undefined): RequestRecorder => ({
      request: (at, latencyMs, ok, error) =>
        void seen.requests.push({ at, latencyMs, ok, error, toldAt: clock.now(), labels }),
    });
    const recorder: Recorder = {
      ...requestsOf(undefined),
      labelled: (labels) => {
        seen.labelled.push(labels);
        return requestsOf(labels);
      },
      check: (at, pass, reason) => void seen.checks.push({ at, pass, reason }),
      heartbeat: (at) => void seen.heartbeats.push(at),
      gauge: (at, name, value) => void seen.gauges.push({ at, name, value }),
      count: (_at, name, by) => void seen.counters.set(name, (seen.counters.get(name) ?? 0) + by),
    };
    const wrapped = setting.wrap?.(service, recorder) ?? recorder;
    return { service, options: simOptionsSchema.parse(options), recorder: wrapped };
  });

  const world = openWorld(services, {
    clock,
    random: (name) => {
      streams.push(name);
      return createRandom(setting.seed ?? 1, name);
    },
    effects: setting.effects ?? book.effects,
    report: (service, problem) => void problems.push([service, problem]),
  });

  return {
    clock,
    book,
    problems,
    world,
    seen: (service: string): Seen => all.get(service)!,
    all,
    /** The random streams that were asked for. */
    streams,
    /** Lets time pass, ms. */
    run: (ms: number) => virtual.runUntil(virtual.now() + ms),
    inject: (service: string, kind: string, intensity: number) =>
      book.inject({ service, kind, intensity, ttlMs: 3_600_000, at: clock.now() }),
    /** What ended since `from` (ms since the epoch). */
    since: (service: string, from: number) => all.get(service)!.requests.filter(({ at }) => at > from),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest value that at least this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;
}

export function failedShare(requests: readonly SeenRequest[]): number {
  return requests.filter(({ ok }) => !ok).length / requests.length;
}
