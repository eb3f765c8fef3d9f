import type { ByteCount } from "../byte-count.ts";
import { SlidingWindow } from "./sliding-window.ts";

interface Running {
  readonly windowMs: number;
  readonly slide: SlidingWindow;
}

/** So many windows of a series are kept running; the oldest one makes room for another. */
const MOST_RUNNING = 4;

/** The windows of one series that are read each tick: each goes on from where it was read last. */
export class RunningWindows {
  private readonly running: Running[] = [];

  find(windowMs: number): SlidingWindow | undefined {
    for (const each of this.running) if (each.windowMs === windowMs) return each.slide;
    return undefined;
  }

  /** Keeps a window of this length running. @returns it; `over` must be called on it */
  start(windowMs: number, byteCount: ByteCount): SlidingWindow {
    const slide =
      this.running.length < MOST_RUNNING ? new SlidingWindow(byteCount) : this.running.shift()!.slide;
    this.running.push({ windowMs, slide });
    return slide;
  }
}
