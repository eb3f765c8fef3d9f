import type { Catalog } from "../catalog/catalog.ts";
import { buildConfig } from "./build.ts";
import { cycleProblems } from "./cycles.ts";
import { type Draft, draftOf, listAt, READ_ONCE } from "./draft.ts";
import { configLimitProblems } from "./limit-problems.ts";
import { notifyProblems } from "./notify/problems.ts";
import { notifyWarnings } from "./notify/warnings.ts";
import { MAX_PROBLEMS, ProblemList, take } from "./problem-list.ts";
import { referenceProblems } from "./reference-problems.ts";
import { ruleProblems } from "./rules/problems.ts";
import { ruleWarnings } from "./rules/warnings.ts";
import { createConfigSchema, NO_SERVICES } from "./schema.ts";
import { aboutValue, mustBe, pathText, valueAt } from "./sentences.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { ConfigProblem, ConfigResult } from "./types.ts";
import { originWarnings } from "./warnings.ts";
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
    const problems = new ProblemList();
    problems.add(file.problems);
    if (file.value === undefined) return problems.result();
    if (typeof file.value !== "object" || file.value === null || Array.isArray(file.value)) {
      problems.add([file.problemAt([], file.value === null ? EMPTY : NO_MAP)]);
      return problems.result();
    }
    const parsed = schema.safeParse(file.value, { error: mustBe, ...READ_ONCE });
    problems.add(shapeProblems(parsed.error?.issues ?? [], file));
    addSemanticProblems(problems, file, catalog);
    if (!parsed.success || !problems.isEmpty) return problems.result();
    const config = buildConfig(parsed.data, catalog);
    const advice = [
      ...originWarnings(parsed.data, file, catalog),
      ...ruleWarnings(file, config, catalog),
      ...notifyWarnings(parsed.data.notify, file, catalog),
    ];
    const warnings = take(advice, MAX_PROBLEMS);
    return warnings.length === 0 ? { ok: true, config } : { ok: true, config, warnings };
  };
}

/** Problems beyond the schema: references between the parts of the config. */
function addSemanticProblems(problems: ProblemList, file: YamlFile, catalog: Catalog): void {
  const draft = draftOf(file.value, catalog);
  problems.add(
    draft.problems.map(({ path, message }) => file.problemAt(path, `${pathText(path)}: ${message}`)),
  );
  problems.add(emptiness(file, draft));
  for (const check of referenceProblems(file, draft, catalog)) problems.add(check);
  problems.add(cycleProblems(file, [...draft.services, ...draft.inWorlds]));
  problems.add(configLimitProblems(file, catalog));
  for (const check of ruleProblems(file, catalog)) problems.add(check);
  for (const check of notifyProblems(file, catalog)) problems.add(check);
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
