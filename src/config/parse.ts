import { buildConfig } from "./build.ts";
import { cycleProblems } from "./call-cycles.ts";
import { draftServices, READ_ONCE } from "./draft.ts";
import type { ConfigKinds } from "./kinds.ts";
import { referenceProblems } from "./reference-problems.ts";
import { createConfigSchema } from "./schema.ts";
import { mustBe } from "./sentences.ts";
import { shapeProblems } from "./shape-problems.ts";
import { thresholdProblems } from "./threshold-problems.ts";
import type { ConfigProblem, ConfigResult } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml-file.ts";

const EMPTY = "the config is empty; it needs a list of services, such as services: [{ name: api-gateway }]";
const NO_MAP = "the config must be a map that has the key services";

/** Makes the function that reads a config's text: pure, never throws, and reports everything that is wrong. */
export function createConfigParser(kinds: ConfigKinds): (text: string) => ConfigResult {
  const schema = createConfigSchema(kinds);

  return (text) => {
    const file = readYaml(text);
    if (file.value === undefined) return failed(file.problems);
    if (typeof file.value !== "object" || file.value === null || Array.isArray(file.value)) {
      return failed([...file.problems, file.problemAt([], file.value === null ? EMPTY : NO_MAP)]);
    }
    const parsed = schema.safeParse(file.value, { error: mustBe, ...READ_ONCE });
    const problems = [...file.problems, ...meaningProblems(file, kinds)];
    if (parsed.success && problems.length === 0) return { ok: true, config: buildConfig(parsed.data, kinds) };
    return failed([...problems, ...shapeProblems(parsed.error?.issues ?? [], file)]);
  };
}

/** What the shape alone cannot tell: whether the parts of the config fit each other. */
function meaningProblems(file: YamlFile, kinds: ConfigKinds): ConfigProblem[] {
  const services = draftServices(file.value, kinds);
  return [...referenceProblems(file, services), ...cycleProblems(file, services), ...thresholdProblems(file)];
}

function failed(problems: readonly ConfigProblem[]): ConfigResult {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const seen = new Set<string>();
  const distinct = sorted.filter((problem) => {
    const key = `${problem.line}:${problem.column}:${problem.message}`;
    return !seen.has(key) && seen.add(key);
  });
  return { ok: false, problems: distinct };
}
