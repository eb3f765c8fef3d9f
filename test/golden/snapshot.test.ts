import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultline } from "../cli/fake.ts";

const snapshot = async (seed: string) =>
  (await faultline(["snapshot", "--ticks", "200", "--seed", seed])).stdout;

const golden = readFileSync(new URL("snapshot-200-42.json", import.meta.url), "utf8");

describe("the golden snapshot of the default fleet", () => {
  // After a wanted change of the simulation or the report, from the root of the repository:
  // node dist/faultline.js snapshot --ticks 200 --seed 42 > test/golden/snapshot-200-42.json
  it("has every key with the same value as ever; new keys may stand beside them", async () => {
    expect(JSON.parse(await snapshot("42"))).toMatchObject(JSON.parse(golden));
  });

  it("is the same bytes for the same seed", async () => {
    expect(await snapshot("42")).toBe(await snapshot("42"));
  });

  it("is another for another seed", async () => {
    expect(await snapshot("43")).not.toBe(await snapshot("42"));
  });
});
