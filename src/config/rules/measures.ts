import type { Catalog } from "../../catalog/catalog.ts";
import { DURATION } from "../../core/duration.ts";
import type { Measure } from "../../core/measure.ts";
import { closestWord, didYouMean } from "../did-you-mean.ts";
import { type Path, pathText, valueAt } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";

/** The options with a value in the unit of the measure beside them. */
const VALUES = ["above", "below", "recovery", "by"];

/** A measure of one kind of entity. */
interface Known {
  readonly kind: string;
  readonly measure: Measure;
}
type Measures = ReadonlyMap<string, readonly Known[]>;

/** Deeper conditions are refused by the schema. */
const DEEPEST = 12;

/** Measures that do not exist, and values that do not fit their unit; read as they are written, at any depth. */
export function* measureProblems(
  file: YamlFile,
  entries: readonly unknown[],
  catalog: Catalog,
): Generator<ConfigProblem> {
  const measures = new Map<string, Known[]>();
  for (const { kind, measures: own } of catalog.entities.values()) {
    for (const measure of own)
      measures.set(measure.id, [...(measures.get(measure.id) ?? []), { kind, measure }]);
  }
  for (const [index, entry] of entries.entries()) {
    const rule = catalog.rules.get(String(valueAt(entry, ["kind"])));
    if (rule !== undefined) yield* within(file, entry, ["rules", index], measures, rule.kind);
  }
}

function* within(
  file: YamlFile,
  value: unknown,
  path: Path,
  measures: Measures,
  ruleKind: string,
): Generator<ConfigProblem> {
  if (typeof value !== "object" || value === null || path.length > DEEPEST) return;
  const id = valueAt(value, ["measure"]);
  if (typeof id === "string" && !Array.isArray(value)) {
    const known = measures.get(id);
    const place = [...path, "measure"];
    if (known === undefined) {
      yield file.problemAt(
        place,
        `${pathText(place)} must name a measure, not "${id}"${suggestion(id, measures)}`,
      );
    } else if (ruleKind !== "LIMIT")
      yield* valueProblems(
        file,
        value,
        path,
        known.map(({ measure }) => measure),
      );
  }
  for (const [key, inner] of Object.entries(value))
    yield* within(file, inner, [...path, Array.isArray(value) ? Number(key) : key], measures, ruleKind);
}

function* valueProblems(
  file: YamlFile,
  value: object,
  path: Path,
  measures: readonly Measure[],
): Generator<ConfigProblem> {
  const at = (key: string, message: string) =>
    file.problemAt([...path, key], `${pathText([...path, key])} ${message}`);
  const [{ id, unit, top }] = measures as readonly [Measure];
  const isTime = measures.some((measure) => measure.unit === "ms" || measure.unit === "duration");
  for (const key of VALUES) {
    const given = valueAt(value, [key]);
    if (typeof given === "string" && DURATION.test(given.trim()) && !isTime)
      yield at(key, `must be a number: ${id} is no measure of time (${unit.replaceAll("_", " ")})`);
    if (
      key === "above" &&
      typeof given === "number" &&
      measures.every((measure) => measure.top !== undefined && given >= measure.top)
    )
      yield at(key, `must be less than ${top}: ${id} is never higher`);
  }
  if (valueAt(value, ["window"]) === undefined) return;
  const hasWindow = measures.some(
    ({ read }) =>
      read.type !== "usual" &&
      read.type !== "relative" &&
      !(read.type === "statistic" && read.stat === "last"),
  );
  if (!hasWindow) yield at("window", `has no effect: ${id} is not computed over a window`);
}

/** The measure that was meant, and which kinds have it. */
function suggestion(id: string, measures: Measures): string {
  const closest = closestWord(id, measures.keys());
  if (closest === undefined) return didYouMean(id, measures.keys());
  const kinds = measures.get(closest)!.map(({ kind }) => kind);
  return `; did you mean "${closest}" of ${kinds.join(", ")}?`;
}
