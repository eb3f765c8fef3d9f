import type { Catalog } from "../catalog/catalog.ts";
import { buildConfig } from "./build.ts";
import { cycleProblems } from "./cycles.ts";
import { type Draft, draftOf, listAt, READ_ONCE } from "./draft.ts";
import { configLimitProblems } from "./limit-problems.ts";
import { referenceProblems } from "./reference-problems.ts";
import { createConfigSchema, NO_SERVICES } from "./schema.ts";
import { aboutValue, mustBe, pathText, valueAt } from "./sentences.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { ConfigProblem, ConfigResult } from "./types.ts";
import { configWarnings } from "./warnings.ts";
import { readYaml, type YamlFile } from "./yaml-file.ts";

const EMPTY = "the config is empty; it needs a list of services, such as services: [{ name: api-gateway }]";
const NO_MAP = "the config must be a map with the key services or worlds";
const NO_ENTITIES = "declare no entities; the config needs at least one";

/**
 * Creates the function that parses the text of a config. It is pure, never throws and reports all problems.
 */
export function createConfigParser(catalog: Catalog): (text: string) => ConfigResult {
  const schema = createConfigSchema(catalog);

  return (text) => {
    const file = readYaml(text);
    if (file.value === undefined) return failed(file.problems);
    if (typeof file.value !== "object" || file.value === null || Array.isArray(file.value)) {
      return failed([...file.problems, file.problemAt([], file.value === null ? EMPTY : NO_MAP)]);
    }
    const parsed = schema.safeParse(file.value, { error: mustBe, ...READ_ONCE });
    const problems = [...file.problems, ...semanticProblems(file, catalog)];
    if (parsed.success && problems.length === 0) {
      const config = buildConfig(parsed.data, catalog);
      const warnings = configWarnings(parsed.data, file, catalog);
      return warnings.length === 0 ? { ok: true, config } : { ok: true, config, warnings };
    }
    return failed([...problems, ...shapeProblems(parsed.error?.issues ?? [], file)]);
  };
}

/** Problems beyond the schema: references between the parts of the config. */
function semanticProblems(file: YamlFile, catalog: Catalog): ConfigProblem[] {
  const draft = draftOf(file.value, catalog);
  return [
    ...draft.problems.map(({ path, message }) => file.problemAt(path, `${pathText(path)}: ${message}`)),
    ...emptiness(file, draft),
    ...referenceProblems(file, draft, catalog),
    ...cycleProblems(file, [...draft.services, ...draft.inWorlds]),
    ...configLimitProblems(file, catalog),
  ];
}

/** A config needs at least one entity. */
function emptiness(file: YamlFile, { inWorlds, complete }: Draft): ConfigProblem[] {
  const services = valueAt(file.value, ["services"]);
  const worlds = valueAt(file.value, ["worlds"]);
  const none = services === undefined || (Array.isArray(services) && services.length === 0);
  if (!none) return [];
  if (worlds === undefined || (Array.isArray(worlds) && worlds.length === 0)) {
    return [file.problemAt(["services"], aboutValue(["services"], services, NO_SERVICES))];
  }
  const known = complete && listAt(file.value, ["worlds"]).length > 0;
  return known && inWorlds.length === 0 ? [file.problemAt(["worlds"], `worlds ${NO_ENTITIES}`)] : [];
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
