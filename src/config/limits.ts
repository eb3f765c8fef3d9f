import { z } from "zod";
import { durationText } from "../core/duration.ts";
import type { EntityKind } from "../core/entity.ts";
import { lazy } from "../core/lazy.ts";
import { isBeyond, recoveryOf } from "../core/limits.ts";
import { LEVELS, LIMIT_KEYS, type LimitKey, type Limits, type Measure } from "../core/measure.ts";
import { duration, HOUR_MS, MAX_NUMBER, WEEK_MS } from "../core/quantity.ts";
import { READ_ONCE } from "./draft.ts";
import { type Path, valueAt } from "./sentences.ts";
import { thresholdsOf } from "./thresholds.ts";

/** One limit from a config file, in the unit of its measure. */
export interface WrittenLimit {
  readonly measure: Measure;
  readonly level: LimitKey;
  readonly value: number;
  readonly path: Path;
}

/** The paths of the limits of one entity kind. */
export interface LimitPaths {
  /** A map of measures to levels. */
  readonly limits: Path;
  /** The old spelling, for services only. */
  readonly thresholds?: Path;
}

/** Levels of measures as written in a config. */
export type LimitsEntry = Readonly<Record<string, Limits | undefined>>;

/** Limits require a worse direction, and a measure that is part of every snapshot. */
function canHaveLimits({ worse, onDemand }: Measure): boolean {
  return worse !== "none" && onDemand !== true;
}

function isDurationUnit({ unit }: Measure): boolean {
  return unit === "ms" || unit === "duration";
}

/** A limit of a measure whose values have no highest one. */
const quantity = lazy(() =>
  z
    .number({ error: "must be a number" })
    .min(-MAX_NUMBER, `must be at least ${-MAX_NUMBER}`)
    .max(MAX_NUMBER, `must be at most ${MAX_NUMBER}`),
);

function valueSchema(measure: Measure): z.ZodType<number> {
  const { top, unit } = measure;
  if (isDurationUnit(measure)) return duration(0, unit === "ms" ? HOUR_MS : WEEK_MS);
  if (top === undefined) return quantity();
  const problem = `must be a number from 0 to ${top}`;
  return z.number({ error: problem }).min(0, problem).max(top, problem);
}

/** The schema of the limits of one entity kind: a map of measures to levels. */
export function limitsSchema(kind: EntityKind): z.ZodType<LimitsEntry> {
  const fields = kind.measures.filter(canHaveLimits).map((measure) => {
    const value = valueSchema(measure);
    const levels = z.strictObject(
      Object.fromEntries(LIMIT_KEYS.map((key) => [key, describedLimit(measure, key, value.optional())])),
    );
    return [measure.id, levels.optional().describe(limitDescription(measure))] as const;
  });
  const schema = z.strictObject(Object.fromEntries(fields)).meta({ id: `${kind.kind}_limits` });
  return schema as unknown as z.ZodType<LimitsEntry>;
}

function describedLimit(measure: Measure, key: LimitKey, value: z.ZodType<number | undefined>) {
  const level = LEVELS.find((each) => key === `${each}_recovery`);
  if (level === undefined) return value;
  const limit = measure.limits?.[level];
  const own =
    limit === undefined
      ? ""
      : `; default ${valueText(measure, recoveryOf(measure, { [level]: limit }, level))}`;
  return value.describe(`${level} ends at this value${own}`);
}

function limitDescription(measure: Measure): string {
  const { description, limits } = measure;
  return limits === undefined ? description : `${description}; default ${levelsText(measure, limits)}`;
}

/** Limits in config spelling: "degraded 500ms, critical 1s". */
export function levelsText(measure: Measure, limits: Limits): string {
  return LIMIT_KEYS.flatMap((level) => {
    const value = limits[level];
    return value === undefined ? [] : [`${level} ${valueText(measure, value)}`];
  }).join(", ");
}

function valueText(measure: Measure, value: number): string {
  return isDurationUnit(measure) ? durationText(value) : String(value);
}

/**
 * The limits that a config sets at these paths. Skips invalid values, which the schema reports. `config` is
 * the value of the file or the output of the schema.
 */
export function writtenLimits(config: unknown, paths: LimitPaths, kind: EntityKind): WrittenLimit[] {
  const isWritten = (path: Path | undefined): path is Path =>
    path !== undefined && valueAt(config, path) !== undefined;
  const old = isWritten(paths.thresholds) ? thresholdsOf(kind.kind, paths.thresholds) : [];
  // Fast path: most entries set no limits, and there can be thousands of entries.
  const measures = isWritten(paths.limits) ? kind.measures : [];
  const own = measures.flatMap(({ id }) =>
    LIMIT_KEYS.map((level) => ({ id, level, path: [...paths.limits, id, level] })),
  );
  return [...old, ...own].flatMap(({ id, level, path }) => {
    const written = valueAt(config, path);
    const measure = kind.measures.find((each) => each.id === id);
    if (written === undefined || measure === undefined || !canHaveLimits(measure)) return [];
    const parsed = valueSchema(measure).safeParse(written, READ_ONCE);
    return parsed.success ? [{ measure, level, value: parsed.data, path }] : [];
  });
}

/** The limits of a kind: the written ones, later lists first, then the defaults of the measures. */
export function resolveLimits(
  kind: EntityKind,
  ...layers: readonly (readonly WrittenLimit[])[]
): Readonly<Record<string, Limits>> {
  const written = layers.flat();
  return Object.fromEntries(
    kind.measures.flatMap(({ id, limits = {} }) => {
      const levels = LIMIT_KEYS.flatMap((level) => {
        const last = written.findLast((each) => each.measure.id === id && each.level === level);
        const value = last?.value ?? limits[level];
        return value === undefined ? [] : [[level, value] as const];
      });
      return levels.length === 0 ? [] : [[id, Object.fromEntries(levels) as Limits]];
    }),
  );
}

/** A problem with limits and its path. */
export interface LimitProblem {
  readonly path: Path;
  /** The end of a sentence that starts with the path. */
  readonly message: string;
}

/** Limits that are set twice, and levels in the wrong order, where one could never be reached. */
export function limitProblems(
  resolved: Readonly<Record<string, Limits>>,
  written: readonly WrittenLimit[],
  textOf: (path: Path) => string,
): LimitProblem[] {
  const find = (id: string, level: LimitKey) =>
    written.findLast((each) => each.measure.id === id && each.level === level);
  const twice = written.flatMap((each) => {
    const last = find(each.measure.id, each.level)!;
    return last === each
      ? []
      : [{ path: each.path, message: `is also set by ${textOf(last.path)}; remove one` }];
  });
  const measures = [...new Set(written.map(({ measure }) => measure))];
  const disordered = measures.flatMap((measure) => {
    const limits = resolved[measure.id] ?? {};
    const levels = LEVELS.filter((level) => limits[level] !== undefined);
    return levels.slice(1).flatMap((upper, index) => {
      const lower = levels[index]!;
      const rise = limits[upper]! - limits[lower]!;
      if (measure.worse === "down" ? rise <= 0 : rise >= 0) return [];
      const blamed = find(measure.id, upper) ?? find(measure.id, lower);
      // Neither is set here: the problem is in the top-level limits and is reported there.
      if (blamed === undefined) return [];
      const other = blamed.level === upper ? lower : upper;
      const side = (measure.worse === "down") === (other === upper) ? "below" : "above";
      const message =
        `is ${valueText(measure, limits[blamed.level]!)} and must not be ${side} ` +
        `the ${other} limit, which is ${valueText(measure, limits[other]!)}`;
      return [{ path: blamed.path, message }];
    });
  });
  return [...twice, ...disordered, ...written.flatMap((each) => recoveryProblems(resolved, each))];
}

/** A level that could never end, or has no limit. */
function recoveryProblems(
  resolved: Readonly<Record<string, Limits>>,
  { measure, level: key, value, path }: WrittenLimit,
): LimitProblem[] {
  const level = LEVELS.find((each) => key === `${each}_recovery`);
  if (level === undefined) return [];
  const limit = resolved[measure.id]?.[level];
  if (limit === undefined) return [{ path, message: `has no effect: there is no ${level} limit; set one` }];
  if (!isBeyond(measure, value, limit)) return [];
  const side = measure.worse === "down" ? "below" : "above";
  return [
    {
      path,
      message: `is ${valueText(measure, value)} and must not be ${side} the ${level} limit, which is ${valueText(measure, limit)}`,
    },
  ];
}
