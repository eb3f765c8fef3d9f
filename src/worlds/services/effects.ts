/**
 * What the active faults, together, do to one service at one instant. Fault kinds write it, the simulation
 * reads it.
 */
export interface ServiceEffects {
  /** Added to every request, ms. */
  latencyMs: number;
  /** Upper bound of a further delay, drawn uniformly for each request, ms. */
  jitterMs: number;
  /** Share of requests that fail, 0..1, in addition to the service's own errors. */
  errorRatio: number;
  /** Every request and health check is refused at once. */
  refuse: boolean;
  /** Nothing is answered and the heartbeat stops. */
  hang: boolean;
  /** Share of the processor that other processes take, 0..1. */
  cpuShare: number;
  /** Share of the memory that has leaked so far, 0 and up; 1 is all of it. */
  leakedShare: number;
  /** Traffic as a multiple of the usual. */
  trafficFactor: number;
  /** Calls to other services fail at once. */
  cutCalls: boolean;
}

/** The effects without any fault; a fresh object. */
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

/** Sets an object back to the effects without any fault, so that one object serves for every step. */
export function resetEffects(effects: ServiceEffects): void {
  Object.assign(effects, NONE);
}
