import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { worstSlots } from "../../../src/store/worst/tiers.ts";
import { WorstValues } from "../../../src/store/worst/worst-values.ts";
import { START } from "../harness.ts";

const TIERS = [
  { slotMs: 1000, keepMs: 60_000 },
  { slotMs: 10_000, keepMs: 600_000 },
  { slotMs: 60_000, keepMs: 3_600_000 },
] as const;
const NO_HOLD = 0;

interface Entry {
  readonly at: number;
  readonly value: number;
  readonly samples: number;
}

const kept = () => new WorstValues(TIERS, 1e6, { bytes: 0 });
const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 30 })), {
  minLength: 5,
  maxLength: 300,
});

/** Values at rising instants, with a long gap now and then. */
function entriesOf(steps: readonly (readonly [number, number])[], seconds: readonly number[]): Entry[] {
  let at = START;
  return steps.map(([ms, rare], nth) => {
    at += rare === 0 ? 90_000 + ms : ms;
    return { at, value: seconds[nth % seconds.length]! + nth / 1e6, samples: nth };
  });
}

describe("the worst published values", () => {
  it("are in the columns that contain their instants, at any zoom and age, and never in an empty part", () => {
    fc.assert(
      fc.property(
        gaps,
        fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 3, maxLength: 40 }),
        fc.constantFrom("high", "low"),
        fc.integer({ min: 200, max: 200_000 }),
        fc.integer({ min: 1, max: 150 }),
        (steps, numbers, worse, stepMs, columns) => {
          const store = kept();
          const handle = store.handle("api", "p99", worse, START);
          const other = store.handle("web", "p99", worse, START);
          const entries = entriesOf(steps, numbers);
          for (const { at, value, samples } of entries) {
            other.note(at, worse === "high" ? 1e9 : -1e9, 1);
            handle.note(at, value, samples);
          }
          const now = entries.at(-1)!.at;
          const from = now - columns * stepMs;
          const query = { from, stepMs, columns, until: now, holdMs: NO_HOLD };
          const { values, samples } = store.columns("api", "p99", query)!;
          const isWorse = (a: number, b: number) => (worse === "high" ? a > b : a < b);
          const columnOf = (at: number) => Math.ceil((at - from) / stepMs - 1e-6) - 1;
          // No finer slot than a minute is asked to hold a worst value: it is that of every slot it lies in.
          for (const entry of entries) {
            const { start, end } = { start: entry.at - 60_000, end: entry.at + 60_000 };
            const near = entries.filter(({ at }) => at > start && at <= end);
            if (near.some(({ value }) => isWorse(value, entry.value))) continue;
            const column = columnOf(entry.at);
            if (column < 0) continue;
            expect(isWorse(entry.value, values[column]!)).toBe(false);
            if (entries.some(({ at, value }) => columnOf(at) === column && isWorse(value, entry.value)))
              continue;
            expect(values[column]).toBe(entry.value);
            expect(samples[column]).toBe(entry.samples);
          }
          for (let column = 0; column < columns; column++) {
            const start = from + column * stepMs;
            const around = entries.filter(({ at }) => at > start - 60_000 && at <= start + stepMs + 60_000);
            // Nothing within the longest slot: a gap. Otherwise one of the values that were recorded there.
            if (around.length === 0) expect(values[column]).toBeNaN();
            else if (!Number.isNaN(values[column]))
              expect(around.map(({ value }) => value)).toContain(values[column]);
            if (entries.some(({ at }) => columnOf(at) === column)) expect(values[column]).not.toBeNaN();
          }
        },
      ),
    );
  });

  it("are exact in the finest slots, one value a second", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 100, max: 20_000 }),
        (numbers, stepMs) => {
          const store = kept();
          const handle = store.handle("api", "p99", "high", START);
          for (const [second, value] of numbers.entries()) handle.note(START + 1000 * second + 400, value, 9);
          const until = START + numbers.length * 1000;
          const columns = Math.ceil((until - START) / stepMs);
          const query = { from: START, stepMs, columns, until, holdMs: 1000 };
          const { values } = store.columns("api", "p99", query)!;
          for (let column = 0; column < columns; column++) {
            const isIn = (_: number, second: number) =>
              Math.ceil((1000 * second + 400) / stepMs) - 1 === column;
            const own = numbers.filter(isIn);
            if (own.length > 0) expect(values[column]).toBe(Math.max(...own));
            else if (values[column] !== undefined) expect(numbers).toContain(values[column]);
          }
        },
      ),
    );
  });

  it("include nothing after the shown instant, nor what an earlier entity left at the same place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000 }), fc.integer({ min: 0, max: 3000 }), (back, pause) => {
        const store = kept();
        const old = store.handle("api", "p99", "high", START);
        for (let ms = 500; ms <= 200_000; ms += 500) old.note(START + ms, 7000, 1);
        store.remove("api");
        expect(old.kept).toBe(false);
        const since = START + 200_000 + pause;
        const handle = store.handle("api", "p99", "high", since);
        old.note(since + 1, 9000, 1);
        for (let ms = 500; ms <= 400_000; ms += 500) handle.note(since + ms, ms, 1);
        const until = since + 400_000 - back;
        const query = { from: START - 100_000, stepMs: 5000, columns: 150, until, holdMs: 500 };
        for (const value of store.columns("api", "p99", query)!.values)
          if (!Number.isNaN(value)) expect(value).toBeLessThanOrEqual(until - since);
      }),
    );
  });

  it("say from when on they are complete, and take a bounded share of memory", () => {
    const bytes = { bytes: 0 };
    const store = new WorstValues(TIERS, 200_000, bytes);
    const handles = Array.from({ length: 400 }, (_, nth) => store.handle(`svc-${nth}`, "p99", "high", START));
    for (let second = 1; second <= 7200; second++)
      for (const handle of handles) handle.note(START + second * 1000, second, 1);
    const query = { from: START, stepMs: 60_000, columns: 120, until: START + 7_200_000, holdMs: 0 };
    const { values, keptSince } = store.columns("svc-7", "p99", query)!;
    const first = Math.ceil((keptSince - START) / 60_000);
    expect(first).toBeGreaterThan(0);
    for (let column = 0; column < 120; column++)
      expect(values[column]).toEqual(column < first ? Number.NaN : 60 * (column + 1));
    const [seconds, tens, minutes] = worstSlots(TIERS, 200_000, 400);
    // Whole chunks of 128 KiB leave at once.
    expect(bytes.bytes).toBeLessThan((seconds! + tens! + minutes!) * 400 * 12 + 3 * 2 * 2 ** 17);
  });
});
