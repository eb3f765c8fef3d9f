import type { Cancel, Clock, Tick } from "./clock.ts";

interface Task {
  due: number;
  /** Scheduling order; breaks ties, so that runs are reproducible. */
  readonly order: number;
  readonly run: () => void;
  readonly periodMs: number | undefined;
  cancelled: boolean;
}

export interface VirtualClock extends Clock {
  /**
   * Runs all timers due up to and including `at` (ms since the epoch) in time order, then stops at `at`.
   * @param isOver asked before each timer; once it returns true, time stays where it is
   */
  runUntil(at: number, isOver?: () => boolean): void;
}

/** 2026-01-01T00:00:00Z: the start of headless runs, so that their output does not depend on the date. */
export const VIRTUAL_EPOCH_MS = 1_767_225_600_000;

/** A clock that advances only through `runUntil`. Its timers run inside that call. */
export function createVirtualClock(startMs: number = VIRTUAL_EPOCH_MS): VirtualClock {
  let current = startMs;
  let arranged = 0;
  const tasks: Task[] = [];

  const before = (a: Task, b: Task) => a.due < b.due || (a.due === b.due && a.order < b.order);

  /** A binary heap, because there can be ten thousand timers. */
  function push(task: Task): void {
    let child = tasks.push(task) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(task, tasks[parent]!)) break;
      tasks[child] = tasks[parent]!;
      child = parent;
    }
    tasks[child] = task;
  }

  function pop(): Task {
    const top = tasks[0]!;
    const moved = tasks.pop()!;
    if (tasks.length === 0) return top;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= tasks.length) break;
      if (child + 1 < tasks.length && before(tasks[child + 1]!, tasks[child]!)) child += 1;
      if (!before(tasks[child]!, moved)) break;
      tasks[parent] = tasks[child]!;
      parent = child;
    }
    tasks[parent] = moved;
    return top;
  }

  function arrange(due: number, run: () => void, periodMs: number | undefined): Cancel {
    const task: Task = { due, order: arranged++, periodMs, run, cancelled: false };
    push(task);
    return () => {
      task.cancelled = true;
    };
  }

  return {
    now: () => current,
    every: (periodMs, fn: (tick: Tick) => void, firstAt = current + periodMs) =>
      arrange(Math.max(current, firstAt), () => fn({ at: current, lateMs: 0, skipped: 0 }), periodMs),
    after: (delayMs, fn) => arrange(current + delayMs, fn, undefined),
    runUntil(at, isOver) {
      while (tasks.length > 0 && tasks[0]!.due <= at) {
        if (isOver?.() === true) return;
        const task = pop();
        if (task.cancelled) continue;
        current = task.due;
        if (task.periodMs !== undefined) {
          task.due += task.periodMs;
          push(task);
        }
        task.run();
      }
      current = Math.max(current, at);
    },
  };
}
