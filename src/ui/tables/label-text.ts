import type { Labels } from "../../core/metric.ts";
import { fitText, widthOf } from "../text/line.ts";

/** Labels of several sets as text, one line per set, all equally wide. */
export interface LabelText {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** One column: its heading and its value for each set. */
interface Column {
  readonly heading: string;
  readonly values: readonly string[];
}

const GAP = 2;
/** The minimum length of a common prefix to abbreviate. */
const MIN_ELIDED = 4;

/**
 * Formats the labels of these sets: the full width, the width with common prefixes abbreviated (`…1` for
 * payment-service-1), and the text for a width.
 */
export function labelText(sets: readonly Labels[], ellipsis: string) {
  const full = columnsOf(sets);
  const short = full.map((column) => elided(column, ellipsis));
  const widths = { full: totalWidth(full.map(widthOfColumn)), short: totalWidth(short.map(widthOfColumn)) };
  return {
    widths,
    fit: (width: number) => fitted(widths.full <= width ? full : short, width, ellipsis),
  };
}

/** A column for each label; if the sets have different label names, one column with names and values. */
function columnsOf(sets: readonly Labels[]): readonly Column[] {
  const names = Object.keys(sets[0] ?? {});
  const alike =
    names.length > 0 &&
    sets.every(
      (labels) =>
        Object.keys(labels).length === names.length && names.every((name) => Object.hasOwn(labels, name)),
    );
  if (alike)
    return names.map((name) => ({ heading: name, values: sets.map((labels) => labels[name] ?? "") }));
  const written = (labels: Labels) =>
    Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ");
  return [{ heading: "labels", values: sets.map(written) }];
}

/**
 * Values differ at their ends: instances start with the name of their service, paths with that of their API.
 */
function elided({ heading, values }: Column, ellipsis: string): Column {
  const shared = sharedBeginning(values);
  if (shared.length < MIN_ELIDED) return { heading, values };
  return { heading, values: values.map((value) => ellipsis + value.slice(shared.length)) };
}

/** The common prefix of all distinct values, up to a non-alphanumeric character; empty for one value. */
function sharedBeginning(values: readonly string[]): string {
  const [first = "", ...others] = new Set(values);
  let length = others.length === 0 ? 0 : first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1;
  }
  return /^.*[^\p{L}\p{N}]/u.exec(first.slice(0, length))?.[0] ?? "";
}

function widthOfColumn({ heading, values }: Column): number {
  return values.reduce((widest, value) => Math.max(widest, widthOf(value)), widthOf(heading));
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}

/** Shrinks the widest column first. */
function fitted(columns: readonly Column[], width: number, ellipsis: string): LabelText {
  const widths = columns.map(widthOfColumn);
  while (totalWidth(widths) > width && Math.max(...widths) > 1) {
    widths[widths.indexOf(Math.max(...widths))]! -= 1;
  }
  const line = (textOf: (column: Column) => string) =>
    columns.map((column, index) => fitText(textOf(column), widths[index]!, ellipsis)).join(" ".repeat(GAP));
  return {
    heading: line(({ heading }) => heading),
    lines: (columns[0]?.values ?? []).map((_, set) => line(({ values }) => values[set]!)),
  };
}
