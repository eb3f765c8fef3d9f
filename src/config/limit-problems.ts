import type { Catalog } from "../catalog/catalog.ts";
import type { EntityKind } from "../core/entity.ts";
import { listAt } from "./draft.ts";
import { type LimitPaths, limitProblems, resolveLimits, writtenLimits } from "./limits.ts";
import { pathText, valueAt } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** The paths of the top-level limits of a kind. */
export function topLimits({ kind }: EntityKind): LimitPaths {
  return { limits: ["limits", kind], thresholds: ["thresholds"] };
}

/** The paths of the limits in an entry of `services`. */
export const SERVICE_LIMITS: LimitPaths = { limits: ["limits"], thresholds: ["thresholds"] };

/** The paths of the limits of a kind in an entry of `worlds`. */
export function worldLimits({ kind }: EntityKind): LimitPaths {
  return { limits: ["limits", kind] };
}

/** Problems with the limits of a config, at the top level and in each entry. */
export function* configLimitProblems(file: YamlFile, catalog: Catalog): Generator<ConfigProblem> {
  const check = (kind: EntityKind, paths: LimitPaths, inEntry: boolean): ConfigProblem[] => {
    const written = writtenLimits(file.value, paths, kind);
    if (written.length === 0) return [];
    const general = inEntry ? writtenLimits(file.value, topLimits(kind), kind) : [];
    const problems = limitProblems(resolveLimits(kind, general, written), written, pathText);
    return problems.map(({ path, message }) => file.problemAt(path, `${pathText(path)} ${message}`));
  };
  const within = (paths: LimitPaths, entry: readonly PropertyKey[]): LimitPaths => ({
    limits: [...entry, ...paths.limits],
    ...(paths.thresholds === undefined ? {} : { thresholds: [...entry, ...paths.thresholds] }),
  });
  for (const kind of catalog.entities.values()) yield* check(kind, topLimits(kind), false);
  for (const [index, entry] of listAt(file.value, ["services"]).entries()) {
    const source = catalog.sources.get(String(valueAt(entry, ["source"]) ?? catalog.defaultSource));
    if (source === undefined) continue;
    yield* check(source.entityKind, within(SERVICE_LIMITS, ["services", index]), true);
  }
  for (const [index, entry] of listAt(file.value, ["worlds"]).entries()) {
    const kinds = catalog.worlds.get(String(valueAt(entry, ["world"])))?.entityKinds ?? [];
    for (const kind of kinds) yield* check(kind, within(worldLimits(kind), ["worlds", index]), true);
  }
}
