import type { RuledFleet } from "../../alerts/ruled-fleet.ts";
import type { RuleTest } from "../../alerts/trial/run-test.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { READ_ONCE } from "../draft.ts";
import { topLimits } from "../limit-problems.ts";
import { resolveLimits, writtenLimits } from "../limits.ts";
import { ProblemList } from "../problem-list.ts";
import { buildRules } from "../rules/build.ts";
import { ruleProblems } from "../rules/problems.ts";
import { mustBe } from "../sentences.ts";
import { shapeProblems } from "../shape-problems.ts";
import type { Config, ConfigResult } from "../types.ts";
import { readYaml, type YamlFile } from "../yaml-file.ts";
import { buildTests, type PlacedExpectation } from "./build.ts";
import { createRuleTestsSchema, type RuleTestsFile } from "./schema.ts";

type Problems = ConfigResult & { ok: false };

/** A file of rule tests that can be read; its series and expectations are checked against the entities. */
export interface ParsedRuleTests {
  readonly ok: true;
  /** The config that it names, as written. */
  readonly config: string | undefined;
  /** Its own rules, as a config without entities; undefined: those of a config. */
  readonly own: Pick<Config, "rules" | "entities" | "kinds" | "tickMs"> | undefined;
  tests(
    fleet: RuledFleet,
  ): { readonly ok: true; readonly tests: readonly RuleTest<PlacedExpectation>[] } | Problems;
}

/** The evaluation interval without a config, ms: the default of configs. */
const TICK_MS = 500;
const NOT_A_MAP = "a file of rule tests must be a map with the key tests; see docs/RULES.md";
const TWICE = "config and rules exclude each other: the config has rules; remove one";

/** Parses the text of a file of rule tests. Pure, never throws, reports all problems with their positions. */
export function parseRuleTests(text: string, catalog: Catalog): ParsedRuleTests | Problems {
  const file = readYaml(text);
  const problems = new ProblemList();
  problems.add(file.problems);
  if (file.value === undefined) return problems.result() as Problems;
  if (typeof file.value !== "object" || file.value === null || Array.isArray(file.value)) {
    problems.add([file.problemAt([], NOT_A_MAP)]);
    return problems.result() as Problems;
  }
  const parsed = createRuleTestsSchema(catalog).safeParse(file.value, { error: mustBe, ...READ_ONCE });
  problems.add(shapeProblems(parsed.error?.issues ?? [], file));
  for (const check of ruleProblems(file, catalog)) problems.add(check);
  if (parsed.success && parsed.data.config !== undefined && parsed.data.rules !== undefined)
    problems.add([file.problemAt(["config"], TWICE)]);
  if (!parsed.success || !problems.isEmpty) return problems.result() as Problems;
  const { data } = parsed;
  return {
    ok: true,
    config: data.config,
    own: ownRules(data, catalog),
    tests: (fleet) => checked(file, data, fleet),
  };
}

function ownRules(data: RuleTestsFile, catalog: Catalog): ParsedRuleTests["own"] {
  if (data.rules === undefined) return undefined;
  const kinds = [...catalog.entities.values()].map((kind) => {
    const limits = resolveLimits(kind, writtenLimits(data, topLimits(kind), kind));
    return [kind.kind, { limits }] as const;
  });
  return {
    rules: data.rules.flatMap((entry) => buildRules(entry, catalog)),
    entities: [],
    kinds: Object.fromEntries(kinds),
    tickMs: TICK_MS,
  };
}

function checked(
  file: YamlFile,
  data: RuleTestsFile,
  fleet: RuledFleet,
): ReturnType<ParsedRuleTests["tests"]> {
  const problems = new ProblemList();
  const tests = buildTests(file, data, fleet, (found) => problems.add([found]));
  return problems.isEmpty ? { ok: true, tests } : (problems.result() as Problems);
}
