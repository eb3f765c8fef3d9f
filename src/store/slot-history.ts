import type { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import { SlidingWindow } from "./sliding-window.ts";
import type { SlotEncoder } from "./slot-codec.ts";
import { SlotRing } from "./slot-ring.ts";
import type { SparseCounts } from "./sparse-counts.ts";
import type { ByteLimit, Tier } from "./tiers.ts";
import type { Totals } from "./totals.ts";

/** Room to merge slots in; one for the whole store, empty between two uses. */
export interface Workbench {
  readonly totals: Totals;
  readonly histogram: Histogram;
  readonly sparse: SparseCounts;
  readonly encoder: SlotEncoder;
}

interface Running {
  readonly windowMs: number;
  readonly slide: SlidingWindow;
}

/** So many windows of a service are kept running; the one that was begun first makes room for another. */
const MOST_RUNNING = 4;

/**
 * The closed slots of one service in all tiers. New slots go into the finest; once a coarser slot is
 * complete, the finer slots in it are merged into one. All slot numbers without a tier are the finest's.
 */
export class SlotHistory {
  readonly rings: readonly SlotRing[];
  /** How many slots of the finest tier make one of each. */
  readonly ratios: readonly number[];
  /** Its place in the order of merging, so that not all services merge in the same tick. */
  private readonly turn: number;
  private readonly ledger: Ledger;
  /** For each tier: the newest of its slots that is complete, and the first finer slot not yet merged. */
  private readonly complete: number[];
  private readonly unmerged: number[];
  private running: Running[] = [];

  constructor(tiers: readonly Tier[], limits: readonly ByteLimit[], turn: number, ledger: Ledger) {
    const finest = tiers[0]!.slotMs;
    this.ledger = ledger;
    this.turn = turn;
    this.ratios = tiers.map((tier) => tier.slotMs / finest);
    // Two slots more than asked for: a window may begin and end within a slot.
    this.rings = tiers.map(
      (tier, index) => new SlotRing(Math.ceil(tier.keepMs / tier.slotMs) + 2, limits[index]!, turn, ledger),
    );
    this.complete = tiers.map(() => -1);
    this.unmerged = tiers.map(() => 0);
  }

  /** Appends a slot that has closed. */
  append(slot: number, totals: Totals, histogram: SlotEncoder): void {
    this.rings[0]!.append(slot, totals, histogram);
  }

  /** The newest complete slot of a coarser tier, in its own numbers; -1 before the first. */
  completeIn(tier: number): number {
    return this.complete[tier]!;
  }

  /**
   * Merges what has become complete now that `openSlot` is the open one and `passed` slots have gone by since
   * the last call. Each history does so in a slot of its own; after a sleep all do at once, having little.
   */
  rollUp(openSlot: number, passed: number, bench: Workbench): void {
    const every = this.ratios[1] ?? 1;
    let closed = openSlot - 1;
    if (passed === 1 && closed % every !== this.turn % every) return;
    for (let tier = 1; tier < this.rings.length; tier++) {
      const ratio = this.ratios[tier]!;
      const complete = Math.floor(closed / ratio);
      const behind = complete - this.complete[tier]!;
      // A single slot can wait for this service's turn; more of them (the machine slept) cannot.
      if (behind > 1 || (behind === 1 && closed % ratio >= this.turn % ratio)) {
        this.merge(tier, complete, bench);
        this.complete[tier] = complete;
      }
      closed = this.complete[tier]! * ratio;
    }
  }

  /** The running window of this length, if one is kept. */
  runningWindow(windowMs: number): SlidingWindow | undefined {
    for (const each of this.running) if (each.windowMs === windowMs) return each.slide;
    return undefined;
  }

  /** Keeps a window of this length running. */
  run(windowMs: number): SlidingWindow {
    const slide = this.running.length < MOST_RUNNING ? this.freshWindow() : this.running.shift()!.slide;
    slide.over(this.rings[0]!, true);
    this.running.push({ windowMs, slide });
    return slide;
  }

  private freshWindow(): SlidingWindow {
    return new SlidingWindow(this.rings[0]!, this.ledger);
  }

  private merge(tier: number, complete: number, bench: Workbench): void {
    const finer = this.rings[tier - 1]!;
    const ratio = this.ratios[tier]! / this.ratios[tier - 1]!;
    let next = Math.max(this.unmerged[tier]!, finer.first);
    while (next < finer.end) {
      const slot = Math.ceil(finer.slot(next) / ratio);
      if (slot > complete) break;
      bench.totals.clear();
      bench.histogram.clear();
      while (next < finer.end && Math.ceil(finer.slot(next) / ratio) === slot) {
        finer.include(next++, bench.totals, bench.histogram);
      }
      bench.histogram.gather(bench.sparse);
      bench.encoder.encode(bench.sparse);
      this.rings[tier]!.append(slot, bench.totals, bench.encoder);
    }
    this.unmerged[tier] = next;
  }
}
