import type { OpenSlot } from "./recording/open-slot.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import type { Archive } from "./slots/archive.ts";
import type { OpenPart, Subject } from "./subject.ts";
import { RunningWindows } from "./windows/running-windows.ts";

/** A series that is recorded: the requests of a service, or those of them that carry the same labels. */
export class Series<Recorder extends OpenSlot = OpenSlot> implements Subject {
  readonly archive: Archive;
  readonly id: number;
  readonly born: number;
  readonly windows = new RunningWindows();
  readonly recorder: Recorder;
  private readonly clock: SlotClock;
  /** ms since the epoch; NaN: it was there before any time was known. */
  private readonly addedAt: number;

  constructor(clock: SlotClock, archive: Archive, id: number, recorder: Recorder) {
    this.clock = clock;
    this.archive = archive;
    this.id = id;
    this.born = clock.slot;
    this.addedAt = Math.max(clock.now, clock.begunAt, clock.openStart);
    this.recorder = recorder;
  }

  watchedSince(): number {
    return Number.isNaN(this.addedAt) ? this.clock.begunAt : this.addedAt;
  }

  open(): OpenPart {
    return this.recorder;
  }
}
