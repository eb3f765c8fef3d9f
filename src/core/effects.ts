/**
 * What the running faults, together, do to one service at one instant. The common language between
 * faults (which write it) and whatever is broken by them (a simulated service, a proxy).
 */
export interface Effects {
  /** Added to every request, ms. */
  latencyMs: number;
  /** Each request is late by a uniform share of up to this much more, ms. */
  jitterMs: number;
  /** Share of requests that fail, 0..1, on top of the service's own errors. */
  errorRatio: number;
  /** Every request and health check is refused at once. */
  refuse: boolean;
  /** Nothing answers and the heartbeat stops. */
  hang: boolean;
  /** Share of the processor that something else takes, 0..1. */
  cpuShare: number;
  /** Share of the memory that has leaked so far, 0 and up; 1 is all of it. */
  leakedShare: number;
  /** How much more traffic arrives; 1 is the usual. */
  trafficFactor: number;
  /** Calls to other services fail at once. */
  cutCalls: boolean;
}

/** The effects of no fault at all; a fresh object, to be written on. */
export function noEffects(): Effects {
  return {
    latencyMs: 0,
    jitterMs: 0,
    errorRatio: 0,
    refuse: false,
    hang: false,
    cpuShare: 0,
    leakedShare: 0,
    trafficFactor: 1,
    cutCalls: false,
  };
}

/** Tells the effects on a service at an instant (ms since the epoch). Not to be kept or changed by the caller. */
export type EffectsReader = (service: string, at: number) => Readonly<Effects>;
