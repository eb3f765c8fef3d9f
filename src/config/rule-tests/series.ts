import type { RuledEntity, RuledFleet } from "../../alerts/ruled-fleet.ts";
import type { TestSeries } from "../../alerts/trial/run-test.ts";
import { isNotationProblem, parseSamples } from "../../alerts/trial/series-notation.ts";
import type { TrialEntity } from "../../alerts/trial/trial.ts";
import { parseMatchers } from "../../core/matchers.ts";
import type { Labels } from "../../core/metric.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type Path, pathText } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import type { RuleTestsFile } from "./schema.ts";

/** An entity that is no entity of the config has this window, ms: the default of configs. */
const WINDOW_MS = 15_000;
/** The kind of such an entity without the label `kind`. */
const USUAL_KIND = "service";
/** Without a sample for this long an entity is unknown, ms, or for three intervals; as in `health`. */
const STALE_MS = 5_000;

type Written = RuleTestsFile["tests"][number]["input_series"][number];

/** The series of a test, and the entities that they belong to. */
export function readSeries(
  file: YamlFile,
  test: Path,
  written: readonly Written[],
  fleet: RuledFleet,
  everyMs: number,
  add: (problem: ConfigProblem) => void,
): { readonly entities: readonly TrialEntity[]; readonly series: readonly TestSeries[] } {
  const entities = new Map<string, TrialEntity>();
  const series: TestSeries[] = [];
  const known = new Set<string>();
  for (const [nth, { series: name, values }] of written.entries()) {
    const path = [...test, "input_series", nth];
    const problem = (key: string, message: string) => {
      const at = [...path, key];
      add(file.problemAt(at, `${pathText(at)} ${message}`));
    };
    const samples = parseSamples(String(values));
    if (isNotationProblem(samples)) {
      const at = [...path, "values"];
      add(file.problemInside(at, samples.offset, `${pathText(at)} ${samples.message}`));
    }
    const found = selected(name, entities, fleet, everyMs);
    if (typeof found === "string") problem("series", found);
    else {
      const key = `${found.entity.name}\n${found.measure}`;
      if (known.has(key))
        problem("series", `is the second of ${found.measure} of ${found.entity.name}; remove one`);
      known.add(key);
      entities.set(found.entity.name, found.entity);
      if (!isNotationProblem(samples))
        series.push({ entity: found.entity.name, measure: found.measure, samples });
    }
  }
  return { entities: [...entities.values()], series };
}

/** What `p99{entity="shop"}` stands for; a sentence where it stands for nothing. */
function selected(
  text: string,
  entities: ReadonlyMap<string, TrialEntity>,
  fleet: RuledFleet,
  everyMs: number,
): { readonly entity: TrialEntity; readonly measure: string } | string {
  const [, id = "", inside] = /^\s*([^\s{}]+)\s*(?:\{(.*)\})?\s*$/s.exec(text) ?? [];
  if (inside === undefined) return 'must be a measure with the label entity, such as p99{entity="shop"}';
  let matchers: ReturnType<typeof parseMatchers>;
  try {
    matchers = parseMatchers(inside);
  } catch (error) {
    return (error as Error).message;
  }
  if (matchers.some(({ operator }) => operator !== "="))
    return 'must have labels only, such as {entity="shop", team="web"}';
  const { entity: name, ...labels } = Object.fromEntries(matchers.map((each) => [each.name, each.value]));
  if (name === undefined) return 'needs the label entity, such as {entity="shop"}';
  const entity = entityOf(name, labels, entities, fleet, everyMs);
  if (typeof entity === "string") return entity;
  const known = entity.kind.measures.map((measure) => measure.id);
  if (!known.includes(id))
    return `must name a measure of ${entity.kind.title}, not "${id}"${didYouMean(id, known)}`;
  return { entity, measure: id };
}

/** The entity of a series: as in the series before, as in the config, or a new one. */
function entityOf(
  name: string,
  { kind, ...labels }: Labels,
  entities: ReadonlyMap<string, TrialEntity>,
  fleet: RuledFleet,
  everyMs: number,
): TrialEntity | string {
  const before = entities.get(name);
  const configured = fleet.entities.find((entity) => entity.name === name);
  const known = before?.kind.kind ?? configured?.kind;
  if (kind !== undefined && known !== undefined && kind !== known)
    return `has kind "${kind}", but ${name} is a ${known}`;
  const kindName = known ?? kind ?? USUAL_KIND;
  const entityKind = fleet.entityKinds.get(kindName);
  if (entityKind === undefined)
    return `must have a kind of entity, not "${kindName}"${didYouMean(kindName, fleet.entityKinds.keys())}`;
  const usual: Omit<RuledEntity, "kind"> = {
    name,
    labels: {},
    limits: fleet.kinds[kindName]?.limits ?? {},
    windowMs: WINDOW_MS,
  };
  const entity = before ?? { ...usual, ...configured, staleAfterMs: Math.max(STALE_MS, 3 * everyMs) };
  return { ...entity, kind: entityKind, labels: { ...entity.labels, ...labels } };
}
