import type { EntityKind } from "../../core/entity.ts";
import { levelOf } from "../../core/limits.ts";
import { type Limits, type Measure, PERCENTILES, type Percentile, type Values } from "../../core/measure.ts";
import { formatUnit, unitSign } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import type { Role } from "./line.ts";

/** A number as it stands in a cell: its text, without the sign of its unit, and its colour. */
export interface Value {
  readonly text: string;
  readonly role: Role;
}

/** What a value is judged by: an entity, or one of its label sets. */
export type Judged = Pick<EntitySnapshot, "health" | "limits" | "values">;

/** With fewer values than this, the percentile rests on less than one of them. */
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

/** The measure that charts and sparklines of a kind follow. */
export function headlineOf(kind: EntityKind): Measure {
  return measureOf(kind, kind.headline)!;
}

/** Any measure of an entity as it stands in a cell. */
export function measureValue(view: View, entity: EntitySnapshot, measureId: string): Value {
  const measure = measureOf(kindOf(view, entity), measureId);
  return measure === undefined ? { text: view.glyphs.dash, role: "dim" } : cellValue(view, entity, measure);
}

/** As `measureValue`, for a measure that was looked up before. */
export function cellValue({ glyphs }: Pick<View, "glyphs">, judged: Judged, measure: Measure): Value {
  const { values, limits, health } = judged;
  const value = values[measure.id] ?? Number.NaN;
  const samples = measure.samples === undefined ? undefined : values[measure.samples];
  if (Number.isNaN(value) || samples === 0) return { text: glyphs.dash, role: "dim" };
  const weak = isWeak(measure, samples);
  const role = roleOfValue(value, limits[measure.id], measure, values);
  const calm = role === "text" && weak ? "dim" : role;
  const text = `${weak ? "~" : ""}${measureText(value, measure)}`;
  // An old number is dim, whatever its value.
  return { text, role: health === "unknown" ? "dim" : calm };
}

function isWeak({ read }: Measure, samples: number | undefined): boolean {
  if (read.type !== "statistic" || samples === undefined) return false;
  const percentile = PERCENTILES.find((each) => each === read.stat);
  return percentile !== undefined && samples < WEAK_BELOW[percentile];
}

/**
 * The colour of a value by the limits it crosses; "text" within them.
 * @param values of the same entity, where limits that ask for evidence are to count only with it
 */
export function roleOfValue(
  value: number,
  limits: Limits | undefined,
  measure: Measure,
  values?: Values,
): Role {
  const level = levelOf(measure, value, limits, values);
  if (level === undefined) return "text";
  return level === "down" ? "critical" : level;
}

/** As `roleOfValue` for what is drawn: within its limits it has the quiet colour of charts. */
export function chartRole(value: number, limits: Limits | undefined, measure: Measure): Role {
  const role = roleOfValue(value, limits, measure);
  return role === "text" ? "mark" : role;
}

/**
 * A value of a measure without the sign of its unit. Where more is better, a value below the top never reads as
 * the top: an availability of 99.97 % is written as 99.9.
 */
export function measureText(value: number, measure: Measure): string {
  const text = roundedText(value, measure);
  // -0.04 is 0.0 after rounding.
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

function roundedText(value: number, { unit, decimals, top, worse }: Measure): string {
  if (worse !== "down" || top === undefined || value >= top) return formatUnit(value, unit, decimals);
  const step = unit === "ratio" ? 10 ** -(decimals ?? 1) / 100 : 10 ** -(decimals ?? 0);
  return formatUnit(Math.min(value, top - step), unit, decimals);
}

/** Text of a value with the sign of its unit: "120 ms", "41%", "18.2/s". */
export function withSign(text: string, { unit }: Pick<Measure, "unit">): string {
  const sign = unitSign(unit);
  return sign === "ms" ? `${text} ms` : text + sign;
}

/** A value of a measure with its sign, "–" where it is not known. */
export function signedText({ glyphs }: Pick<View, "glyphs">, value: number, measure: Measure): string {
  return Number.isNaN(value) ? glyphs.dash : withSign(measureText(value, measure), measure);
}

/** The title of a measure with its unit, where its values do not carry it: "p99 (ms)", "requests/s". */
export function titleWithUnit({ title, unit }: Measure): string {
  const sign = unitSign(unit);
  if (sign === "") return title;
  return sign === "/s" && !title.endsWith("rate") ? `${title}/s` : `${title} (${sign})`;
}
