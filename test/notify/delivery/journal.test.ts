import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Journal } from "../../../src/notify/delivery/journal.ts";
import type { Batch } from "../../../src/notify/delivery/journal-lines.ts";
import { temporaryFolder } from "../folders.ts";

const batch = fc.array(
  fc.tuple(fc.constantFrom("told", "deliveries"), fc.string({ unit: "binary" }), fc.jsonValue()),
  { minLength: 1, maxLength: 3 },
);

/** Batches after a round through JSON, which has no -0 and no undefined. */
const batches = fc
  .array(batch, { minLength: 1, maxLength: 12 })
  .map((all): Batch[] => JSON.parse(JSON.stringify(all)));

async function written(path: string, all: readonly Batch[]): Promise<void> {
  const journal = new Journal(path, () => []);
  await journal.replay();
  await journal.rewrite();
  await Promise.all(all.map((each) => journal.append(each)));
  await journal.close();
}

const replay = (path: string) => new Journal(path, () => []).replay();

describe("Journal", () => {
  it("reads back what was appended, in order", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const path = join(temporaryFolder(), "journal");
        await written(path, all);
        expect(await replay(path)).toEqual({ batches: all, damaged: 0 });
      }),
      { numRuns: 30 },
    );
  });

  it("loses no more than what was cut off, wherever a crash cuts it", async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.double({ min: 0, max: 1, noNaN: true }), async (all, share) => {
        const path = join(temporaryFolder(), "journal");
        await written(path, all);
        const length = Math.floor(statSync(path).size * share);
        const whole = readFileSync(path, "utf8");
        truncateSync(path, length);
        const complete = Buffer.from(whole).subarray(0, length).toString("latin1").split("\n").length - 1;
        expect(await replay(path)).toEqual({ batches: all.slice(0, complete), damaged: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it("leaves out damaged lines, and counts them", async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), fc.integer({ min: 1, max: 255 }), async (all, at, by) => {
        const path = join(temporaryFolder(), "journal");
        await written(path, all);
        const bytes = readFileSync(path);
        const index = at % bytes.length;
        bytes[index]! ^= by;
        // A line break in the middle makes two lines of one, and none joins two.
        fc.pre(bytes[index] !== 10 && (bytes[index]! ^ by) !== 10);
        writeFileSync(path, bytes);
        const { batches: read, damaged } = await replay(path);
        const nth = bytes.subarray(0, index).filter((byte) => byte === 10).length;
        expect(read).toEqual(all.toSpliced(nth, 1));
        // The last one may be damaged by a crash.
        expect(damaged).toBe(nth === all.length - 1 ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  it("is replaced by the present state, and nothing that is appended meanwhile is lost", async () => {
    const path = join(temporaryFolder(), "journal");
    const present: Batch[] = [];
    const journal = new Journal(path, () => present);
    await journal.replay();
    const append = (nth: number) => {
      const each: Batch = [["told", String(nth), nth]];
      present.push(each);
      return journal.append(each);
    };
    const kept = [
      journal.rewrite(),
      append(1),
      append(2),
      journal.rewrite(),
      append(3),
      journal.rewrite(),
      append(4),
    ];
    await Promise.all(kept);
    await journal.close();
    const keys = (await replay(path)).batches.flat().map(([, key]) => key);
    expect(new Set(keys)).toEqual(new Set(["1", "2", "3", "4"]));
  });

  it("is private, and does not grow with what is out of date", async () => {
    const path = join(temporaryFolder(), "state", "journal");
    const journal = new Journal(path, () => [[["told", "a", "newest"]]]);
    await journal.replay();
    await journal.rewrite();
    const text = "x".repeat(1000);
    for (let nth = 0; nth < 200; nth += 1) {
      await Promise.all(Array.from({ length: 100 }, () => journal.append([["told", "a", text]])));
    }
    await journal.close();
    expect(statSync(path).size).toBeLessThan(6 * 1_048_576);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  });

  it("says so when the disk does not take it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    const journal = new Journal(join(folder, "file", "journal"), () => []);
    await expect(journal.replay()).rejects.toThrow();
    await expect(journal.append([["told", "a", 1]])).rejects.toThrow();
  });
});
