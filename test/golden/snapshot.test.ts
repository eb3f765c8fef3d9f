import { describe, expect, it } from "vitest";
import { faultline } from "../cli/fake.ts";

const snapshot = async (seed: string) =>
  (await faultline(["snapshot", "--ticks", "200", "--seed", seed])).stdout;

describe("the golden snapshot of the default fleet", () => {
  // After a wanted change of the simulation or the report: npx vitest run test/golden --update
  it("is the same bytes as ever", async () => {
    await expect(await snapshot("42")).toMatchFileSnapshot("snapshot-200-42.json");
  });

  it("is another for another seed", async () => {
    expect(await snapshot("43")).not.toBe(await snapshot("42"));
  });
});
