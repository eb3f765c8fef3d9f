import type { Ledger } from "./ledger.ts";
import type { OpenSlab } from "./open-slab.ts";
import { ServiceRecorder } from "./service-recorder.ts";
import type { SlotClock } from "./slot-clock.ts";
import { SlotHistory } from "./slot-history.ts";
import type { OpenPart, Subject } from "./subject.ts";
import type { ByteLimit, Tier } from "./tiers.ts";

/** One service: its open slot, and the slots before. */
export class Service implements Subject {
  readonly recorder: ServiceRecorder;
  readonly history: SlotHistory;
  readonly ledger: Ledger = { bytes: 0 };
  private readonly clock: SlotClock;
  /** NaN: it was there before any time was known. */
  private readonly addedAt: number;

  constructor(
    clock: SlotClock,
    slab: OpenSlab,
    tiers: readonly Tier[],
    limits: readonly ByteLimit[],
    turn: number,
  ) {
    this.clock = clock;
    this.addedAt = Math.max(clock.now, clock.begunAt, clock.openStart);
    this.recorder = new ServiceRecorder(clock, slab, tiers, this.ledger);
    this.history = new SlotHistory(tiers, limits, turn, this.ledger);
  }

  watchedSince(): number {
    return Number.isNaN(this.addedAt) ? this.clock.begunAt : this.addedAt;
  }

  open(): OpenPart {
    return this.recorder;
  }
}
