import { thresholdsSchema } from "../health/thresholds.ts";
import { listAt } from "./draft.ts";
import { pathText, valueAt } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

const RISING = [
  ["error_rate_degraded", "error_rate_critical"],
  ["p99_degraded", "p99_critical"],
] as const;

/** Thresholds in the wrong order: a service could then never be degraded. */
export function thresholdProblems(file: YamlFile): ConfigProblem[] {
  const general = valueAt(file.value, ["thresholds"]) ?? {};
  const own = listAt(file.value, ["services"]).flatMap((_, index) => {
    const path = ["services", index, "thresholds"];
    const overrides = valueAt(file.value, path) ?? {};
    return Object.keys(overrides).length === 0 ? [] : inOrder(file, path, { ...general, ...overrides });
  });
  return [...inOrder(file, ["thresholds"], general), ...own];
}

function inOrder(file: YamlFile, path: readonly PropertyKey[], value: object): ConfigProblem[] {
  const parsed = thresholdsSchema.safeParse(value);
  if (!parsed.success) return [];
  return RISING.flatMap(([lower, upper]) => {
    if (parsed.data[lower] <= parsed.data[upper]) return [];
    const written = [upper, lower].find((key) => valueAt(file.value, [...path, key]) !== undefined);
    // Not written here: the general thresholds are wrong, and that is reported there.
    if (written === undefined) return [];
    const at = [...path, written];
    const numbers = `${parsed.data[lower]} over ${parsed.data[upper]}`;
    return [
      file.problemAt(at, `${pathText(at)} is wrong: ${lower} must not be above ${upper}, and is ${numbers}`),
    ];
  });
}
