/**
 * The combined effects of all active faults on a service at an instant. Fault kinds write it, the simulation
 * reads it.
 */
export interface ServiceEffects {
  /** Added to every request, ms. */
  latencyMs: number;
  /** Upper bound of an additional delay, drawn uniformly for each request, ms. */
  jitterMs: number;
  /** Share of requests that fail, 0..1, in addition to the base error rate. */
  errorRatio: number;
  /** Every request and health check is refused immediately. */
  refuse: boolean;
  /** Requests get no response and the heartbeat stops. */
  hang: boolean;
  /** Share of the CPU that other processes use, 0..1. */
  cpuShare: number;
  /** Share of the memory that has leaked so far, at least 0; 1 is all memory. */
  leakedShare: number;
  /** Traffic as a multiple of the usual. */
  trafficFactor: number;
  /** Calls to other services fail immediately. */
  cutCalls: boolean;
}

/** The effects without faults, as a new object. */
export function noEffects(): ServiceEffects {
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

const NONE: Readonly<ServiceEffects> = Object.freeze(noEffects());

/** Resets an object to the effects without faults, so that one object can be reused for every step. */
export function resetEffects(effects: ServiceEffects): void {
  Object.assign(effects, NONE);
}
