/**
 * The effects of all active faults on one entity of a task queue world. Each entity kind uses some of them.
 */
export interface Effects {
  /** Consumer: factor on the processing time. */
  slowdown: number;
  /** Consumer: the process is down. */
  crashed: boolean;
  /** Consumer, producer: no connection to the broker. */
  cut: boolean;
  /** Consumer: finished messages are not acknowledged. */
  neverAck: boolean;
  /** Consumer, queue: share of acknowledgements that do not arrive, 0..1. */
  ackLoss: number;
  /** Consumer: messages it takes before all others; 0: as configured. */
  prefetch: number;
  /** Producer: factor on the publish rate. */
  burst: number;
  /** Queue, partition: its broker is down. */
  down: boolean;
  /** Queue, partition: poison messages to publish. While above 0, they cannot be processed. */
  poison: number;
  /** Partition: share of the topic's messages that go to it instead of evenly to all partitions, 0..1. */
  hotShare: number;
}

export function noEffects(): Effects {
  return {
    slowdown: 1,
    crashed: false,
    cut: false,
    neverAck: false,
    ackLoss: 0,
    prefetch: 0,
    burst: 1,
    down: false,
    poison: 0,
    hotShare: 0,
  };
}

const NONE: Readonly<Effects> = noEffects();

/** Resets the effects to no fault, so that one object can be reused for every step. */
export function resetEffects(effects: Effects): void {
  Object.assign(effects, NONE);
}

/** Combines two independent loss shares: the share lost by at least one. */
export function eitherShare(one: number, other: number): number {
  return one + other * (1 - one);
}
