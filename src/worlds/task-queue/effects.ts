/** What the active faults do to one entity of a task queue world. Each kind of entity reads what concerns it. */
export interface Effects {
  /** Consumer: processing takes this many times as long. */
  slowdown: number;
  /** Consumer: the process is gone. */
  crashed: boolean;
  /** Consumer, producer: no connection to the broker. */
  cut: boolean;
  /** Consumer: finished messages are not acknowledged. */
  neverAck: boolean;
  /** Consumer, queue: share of acknowledgements that do not arrive, 0..1. */
  ackLoss: number;
  /** Consumer: messages it takes ahead of all others; 0: as configured. */
  prefetch: number;
  /** Producer: publishes this many times as much. */
  burst: number;
  /** Queue, partition: the broker that holds it is down. */
  down: boolean;
  /** Queue, partition: poison messages that have been published into it. While above 0, they cannot be processed. */
  poison: number;
  /** Partition: share of the topic's messages that go to it instead of to all partitions alike, 0..1. */
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

/** Back to no fault, so that one object can be used for every step. */
export function resetEffects(effects: Effects): void {
  Object.assign(effects, NONE);
}

/** Both of two independent losses: the share that at least one of them takes. */
export function eitherShare(one: number, other: number): number {
  return one + other * (1 - one);
}
