import { describe, expect, it } from "vitest";
import { testFileOf } from "./files.ts";
import { type Machine, ruleFileOf, runOf } from "./machine.ts";
import { type Mutant, mutated } from "./mutants.ts";
import { promtoolVersion, testRules } from "./promtool.ts";
import { scenarioOf } from "./scenario.ts";

const SEEDS = 20;
const LEAST_ASSERTIONS = 20_000;

/** Lets promtool judge the states of our machine in the scenarios of some seeds. */
async function judge(seeds: readonly number[], machine: () => Machine | undefined) {
  const files: Record<string, string> = {};
  const tests: string[] = [];
  let assertions = 0;
  let active = 0;
  for (const seed of seeds) {
    const scenario = scenarioOf(seed);
    const run = runOf(scenario, machine());
    const file = testFileOf(scenario, run, `rules-${seed}.yml`);
    files[`rules-${seed}.yml`] = ruleFileOf(scenario);
    files[`test-${seed}.yml`] = file.text;
    tests.push(`test-${seed}.yml`);
    assertions += file.assertions;
    for (const alerts of run.values()) active += alerts.length;
  }
  return { ...(await testRules(files, tests)), assertions, active };
}

const seeds = Array.from({ length: SEEDS }, (_, nth) => nth + 1);

describe.skipIf(promtoolVersion === undefined)("the life cycle, judged by promtool", () => {
  it("has the states of Prometheus at every tick", { timeout: 120_000 }, async () => {
    const { output, passed, assertions, active } = await judge(seeds, () => undefined);
    expect(passed, output.slice(0, 4_000)).toBe(true);
    expect(assertions).toBeGreaterThanOrEqual(LEAST_ASSERTIONS);
    // Where nothing happens, nothing is proved.
    expect(active).toBeGreaterThan(assertions / 4);
  });

  const mutants: readonly Mutant[] = [
    {
      mistake: "fires only after more than its hold",
      find: "heldMs >= required.ms",
      replace: "heldMs > required.ms",
    },
    {
      mistake: "keeps firing for one evaluation too long",
      find: "now - since < keepFiringMs",
      replace: "now - since <= keepFiringMs",
    },
    {
      mistake: "counts keep_firing_for from the newest evaluation without a breach",
      find: "alert.keptFiringSince ?? now",
      replace: "now",
    },
    {
      mistake: "does not forget that a breach had ended when it comes back",
      find: "keptFiringSince: undefined,\n      };",
      replace: "};",
    },
  ];
  it.each(mutants)("finds out a machine that $mistake", { timeout: 60_000 }, async (mutant) => {
    const { AlertLifecycle } = await mutated(mutant);
    const { passed, output } = await judge(seeds.slice(0, 4), () => new AlertLifecycle());
    expect(passed).toBe(false);
    expect(output).toContain("exp:");
  });
});
