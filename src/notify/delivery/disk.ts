import type { Cancel, Clock } from "../../core/clock.ts";
import { Journal, type Present, type Replayed } from "./journal.ts";
import type { Batch } from "./journal-lines.ts";

/** How often a disk that failed is tried again, ms. */
const TRY_AGAIN_MS = 30_000;
/** A disk that takes longer than this does not hold up what is to be sent, ms. */
const PATIENCE_MS = 2_000;

/**
 * Keeps batches in a journal for as long as the disk takes them. When it does not, everything goes on in memory, the
 * problem is known, and the whole state is written once the disk works again.
 */
export class Disk {
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #path: string;
  #problem: string | undefined;
  #cancel: Cancel = () => {};
  #apply: (replayed: Replayed) => void = () => {};
  #isRead = false;
  #isOpen = false;
  #isClosed = false;

  constructor(path: string, present: Present, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
    this.#journal = new Journal(path, present);
  }

  /** Why nothing is kept, as a sentence. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /**
   * Reads what was kept, hands it over, and begins a new file with the present state. What cannot be read is tried
   * again, and is never overwritten before.
   */
  async open(apply: (replayed: Replayed) => void): Promise<void> {
    this.#apply = apply;
    try {
      if (!this.#isRead) apply(await this.#journal.replay());
      this.#isRead = true;
      await this.#journal.rewrite();
      this.#isOpen = true;
      this.#problem = undefined;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Fulfilled once a batch is kept, or cannot be for now. Never rejects. */
  async keep(batch: Batch): Promise<void> {
    if (!this.#isOpen || this.#problem !== undefined || this.#isClosed) return;
    let cancel: Cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.after(PATIENCE_MS, resolve);
    });
    const kept = this.#journal.append(batch).catch((error: unknown) => this.#failed(error));
    await Promise.race([kept, late]);
    cancel();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#journal.close();
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#problem = `notifications are kept in memory only: ${this.#path}: ${reason}`;
    this.#cancel();
    if (!this.#isClosed) this.#cancel = this.#clock.after(TRY_AGAIN_MS, () => void this.open(this.#apply));
  }
}
