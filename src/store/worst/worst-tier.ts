import type { ByteCount } from "../byte-count.ts";
import { ENTRY_BYTES } from "./tiers.ts";
import { WorstChunk } from "./worst-chunk.ts";

/** Small chunks for many series and a short history, so that dropping one drops little; else few objects. */
const CHUNK_BYTES = 128 * 1024;
const MOST_ROWS = 128;
const CHUNKS = 8;
/** Series usually come in numbers. */
const GROWTH = 1.5;

/** Receives an entry: its value, samples and instant, and when its slot begins and ends (ms since the epoch). */
export type Visit = (value: number, samples: number, at: number, start: number, end: number) => void;

/** The worst value of each series in each slot of one length. */
export class WorstTier {
  readonly slotMs: number;
  /** Slots that end by then may be gone, ms since the epoch. */
  goneUntil = Number.NEGATIVE_INFINITY;
  /** The open slot; -1 before the first. */
  slot = -1;
  private readonly coarser: WorstTier | undefined;
  private readonly byteCount: ByteCount;
  private chunks: WorstChunk[] = [];
  private rows = 0;
  private open: WorstChunk | undefined;
  /** Dropped, to be used again: with many series each slot needs a large one. */
  private spare: WorstChunk | undefined;
  private start = 0;
  private most = Number.POSITIVE_INFINITY;
  private width = 0;

  /** @param coarser gets the values of each slot that closes */
  constructor(slotMs: number, coarser: WorstTier | undefined, byteCount: ByteCount) {
    this.slotMs = slotMs;
    this.coarser = coarser;
    this.byteCount = byteCount;
  }

  /** @param width the number of places. @param most so many of the newest slots are kept */
  resize(width: number, most: number): void {
    this.width = width;
    this.most = most;
    this.dropOldest();
    if (this.open !== undefined && width > this.open.width) this.widen();
  }

  /** The open slot is `slot` now: an earlier one closes. */
  moveTo(slot: number): void {
    if (slot <= this.slot) return;
    if (this.slot >= 0) this.coarser?.merge(this.open!, this.start, this.slot * this.slotMs);
    this.slot = slot;
    if (this.open === undefined || this.open.rows === this.open.capacity || this.open.width < this.width)
      this.open = this.chunk(this.width);
    this.start = this.open.begin(slot);
    this.rows += 1;
    this.dropOldest();
  }

  /** Keeps a value of the open slot if it is the worst so far. @param before ms before the end of the slot */
  note(place: number, value: number, samples: number, before: number): void {
    const entry = this.start + place;
    const open = this.open!;
    const worst = open.values[entry]!;
    if (value > worst || Number.isNaN(worst)) {
      open.values[entry] = value;
      open.samples[entry] = samples;
      open.before[entry] = before;
      // The same value with more samples behind it is better evidence.
    } else if (value === worst && samples > open.samples[entry]!) open.samples[entry] = samples;
  }

  /** Forgets what the open slot has of a place. */
  clear(place: number): void {
    if (this.open !== undefined) this.open.values[this.start + place] = Number.NaN;
    this.coarser?.clear(place);
  }

  /** Calls `visit` for each entry of a place in the slots that overlap from < t <= to, oldest first. */
  each(place: number, from: number, to: number, visit: Visit): void {
    const { slotMs } = this;
    for (const chunk of this.chunks) {
      if (chunk.rows === 0 || place >= chunk.width || chunk.slots[chunk.rows - 1]! * slotMs <= from) continue;
      for (let row = 0; row < chunk.rows; row++) {
        const end = chunk.slots[row]! * slotMs;
        if (end <= from) continue;
        if (end - slotMs >= to) return;
        const entry = row * chunk.width + place;
        const value = chunk.values[entry]!;
        if (!Number.isNaN(value))
          visit(value, chunk.samples[entry]!, end - chunk.before[entry]!, end - slotMs, end);
      }
    }
  }

  /** Merges a closed slot of the finer tier. @param end when that slot ended, ms since the epoch */
  private merge(finer: WorstChunk, start: number, end: number): void {
    const slot = Math.ceil(end / this.slotMs);
    this.moveTo(slot);
    const later = slot * this.slotMs - end;
    const width = Math.min(finer.width, this.open!.width);
    for (let place = 0; place < width; place++) {
      const value = finer.values[start + place]!;
      if (!Number.isNaN(value))
        this.note(place, value, finer.samples[start + place]!, later + finer.before[start + place]!);
    }
  }

  private chunk(width: number): WorstChunk {
    const fitting = Math.floor(CHUNK_BYTES / (ENTRY_BYTES * Math.max(1, width)));
    const rows = Math.max(1, Math.min(MOST_ROWS, fitting, Math.ceil(this.most / CHUNKS)));
    const { spare } = this;
    this.spare = undefined;
    const chunk = spare?.width === width && spare.capacity === rows ? spare : new WorstChunk(width, rows);
    chunk.rows = 0;
    chunk.count(this.byteCount, 1);
    this.chunks.push(chunk);
    return chunk;
  }

  /** Moves the open slot into a wider chunk. */
  private widen(): void {
    const narrow = this.open!;
    const from = this.start;
    const wide = this.chunk(Math.ceil(this.width * GROWTH));
    this.start = wide.begin(this.slot);
    const end = from + narrow.width;
    wide.values.set(narrow.values.subarray(from, end), this.start);
    wide.samples.set(narrow.samples.subarray(from, end), this.start);
    wide.before.set(narrow.before.subarray(from, end), this.start);
    narrow.rows -= 1;
    if (narrow.rows === 0) {
      this.chunks.splice(this.chunks.indexOf(narrow), 1);
      narrow.count(this.byteCount, -1);
    }
    this.open = wide;
  }

  private dropOldest(): void {
    for (let oldest = this.chunks[0]; oldest !== undefined; oldest = this.chunks[0]) {
      if (oldest === this.open || this.rows - oldest.rows < this.most) return;
      this.chunks.shift();
      oldest.count(this.byteCount, -1);
      this.rows -= oldest.rows;
      this.goneUntil = oldest.slots[oldest.rows - 1]! * this.slotMs;
      this.spare = oldest;
    }
  }
}
