import type { EntityKind } from "../../core/entity.ts";
import { levelOf } from "../../core/limits.ts";
import {
  type Level,
  type Limits,
  type Measure,
  PERCENTILES,
  type Percentile,
  type Values,
} from "../../core/measure.ts";
import { formatCount, formatUnit, unitSign } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import type { Role } from "./line.ts";

/** A formatted value: its text, without the unit sign, and its colour. */
export interface Value {
  readonly text: string;
  readonly role: Role;
}

/** The context of a value: an entity or one of its label sets. */
export type Judged = Pick<EntitySnapshot, "health" | "limits" | "values"> &
  Partial<Pick<EntitySnapshot, "levels">>;

/** The minimum number of samples per percentile; with fewer it depends on less than one sample. */
const WEAK_BELOW: Readonly<Record<Percentile, number>> = {
  p50: 2,
  p90: 10,
  p95: 20,
  p99: 100,
  "p99.9": 1000,
};

export function kindOf({ kinds }: Pick<View, "kinds">, { kind }: Pick<EntitySnapshot, "kind">): EntityKind {
  return kinds.entities.get(kind)!;
}

export function measureOf(kind: EntityKind, id: string): Measure | undefined {
  return kind.measures.find((measure) => measure.id === id);
}

/** The measure of charts and sparklines of a kind. */
export function headlineOf(kind: EntityKind): Measure {
  return measureOf(kind, kind.headline)!;
}

/** The number of entities of a kind: "1 queue", "3 partitions". */
export function counted(count: number, { kind, title }: EntityKind): string {
  return `${formatCount(count)} ${count === 1 ? kind : title}`;
}

/** Formats a measure of an entity for a cell. */
export function measureValue(view: View, entity: EntitySnapshot, measureId: string): Value {
  const measure = measureOf(kindOf(view, entity), measureId);
  return measure === undefined ? { text: view.glyphs.dash, role: "dim" } : cellValue(view, entity, measure);
}

/** As `measureValue`, for a known measure. */
export function cellValue({ glyphs }: Pick<View, "glyphs">, judged: Judged, measure: Measure): Value {
  const { values, limits, health, levels } = judged;
  const value = values[measure.id] ?? Number.NaN;
  const samples = measure.samples === undefined ? undefined : values[measure.samples];
  if (Number.isNaN(value) || samples === 0) return { text: glyphs.dash, role: "dim" };
  const weak = isWeak(measure, samples);
  // Health has judged an entity's own values, and holds a level until the value has recovered.
  const role =
    levels === undefined
      ? roleOfValue(value, limits[measure.id], measure, values)
      : roleOfLevel(levels[measure.id]);
  const calm = role === "text" && weak ? "dim" : role;
  const isLowerBound = measure.lowerBounds !== undefined && values[measure.lowerBounds]! > 0;
  const text = `${isLowerBound ? glyphs.atLeast : weak ? "~" : ""}${measureText(value, measure)}`;
  // Old values are dim.
  return { text, role: health === "unknown" ? "dim" : calm };
}

/** Whether so few samples say little about a percentile. False if their number is unknown. */
export function isWeak({ read }: Measure, samples: number | undefined): boolean {
  if (read.type !== "statistic" || samples === undefined) return false;
  const percentile = PERCENTILES.find((each) => each === read.stat);
  return percentile !== undefined && samples < WEAK_BELOW[percentile];
}

/**
 * The colour of a value by the limits it crosses; "text" within them.
 * @param values of the same entity, to check limits that require evidence
 */
export function roleOfValue(
  value: number,
  limits: Limits | undefined,
  measure: Measure,
  values?: Values,
): Role {
  return roleOfLevel(levelOf(measure, value, limits, values));
}

function roleOfLevel(level: Level | undefined): Role {
  if (level === undefined) return "text";
  return level === "down" ? "critical" : level;
}

/** As `roleOfValue`, but within the limits the subdued colour of charts. */
export function chartRole(value: number, limits: Limits | undefined, measure: Measure): Role {
  const role = roleOfValue(value, limits, measure);
  return role === "text" ? "mark" : role;
}

/** As `chartRole`, for a column of a chart: within the limits, a value with few samples behind it is dim. */
export function columnRole(
  value: number,
  weak: boolean,
  limits: Limits | undefined,
  measure: Measure,
  calm: Role = "mark",
): Role {
  const role = roleOfValue(value, limits, measure);
  if (role !== "text") return role;
  return weak ? "dim" : calm;
}

/**
 * A value of a measure without the unit sign. If more is better, a value below the maximum is never rounded
 * up to it: an availability of 99.97 % is shown as 99.9.
 */
export function measureText(value: number, measure: Measure): string {
  const text = roundedText(value, measure);
  // Avoid -0.0 for values such as -0.04.
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

function roundedText(value: number, { unit, decimals, top, worse, states }: Measure): string {
  const state = states?.[value];
  if (state !== undefined) return state;
  const text = formatUnit(value, unit, decimals);
  if (worse !== "down" || top === undefined || value >= top) return text;
  const topText = formatUnit(top, unit, decimals);
  if (text !== topText) return text;
  // One less in the last digit that is shown.
  const shown = /\.(\d+)/.exec(topText)?.[1]?.length ?? 0;
  const step = 10 ** -shown / (unit === "ratio" ? 100 : 1);
  return formatUnit(top - step, unit, decimals);
}

/** A value with its unit sign: "120 ms", "41%", "18.2/s". */
export function withSign(text: string, { unit }: Pick<Measure, "unit">): string {
  const sign = unitSign(unit);
  return sign === "ms" ? `${text} ms` : text + sign;
}

/** A value of a measure with its unit sign, "–" if unknown. */
export function signedText({ glyphs }: Pick<View, "glyphs">, value: number, measure: Measure): string {
  return Number.isNaN(value) ? glyphs.dash : withSign(measureText(value, measure), measure);
}

/** The title of a measure, with the unit if the values do not include it: "p99 (ms)", "requests/s". */
export function titleWithUnit({ title, unit }: Measure): string {
  const sign = unitSign(unit);
  if (sign === "") return title;
  return sign === "/s" && !title.endsWith("rate") ? `${title}/s` : `${title} (${sign})`;
}
