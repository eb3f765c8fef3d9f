import type { Catalog } from "../catalog/catalog.ts";
import { pickKeys } from "./draft.ts";
import type { ConfigFile } from "./schema.ts";
import { pathText } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Advice of the sources and worlds on the options of a valid config. */
export function originWarnings(config: ConfigFile, file: YamlFile, catalog: Catalog): ConfigProblem[] {
  const warning = (path: readonly PropertyKey[], message: string) =>
    file.problemAt(path, `${pathText(path)} ${message}`);
  return [
    ...(config.services ?? []).flatMap((entry, index) => {
      const source = catalog.sources.get(entry.source)!;
      const advice = source.advice?.(pickKeys(entry, source.schema.shape)) ?? [];
      return advice.map(({ option, message }) => warning(["services", index, option], message));
    }),
    ...(config.worlds ?? []).flatMap((entry, index) => {
      const advice = catalog.worlds.get(entry.world)!.advice?.(entry.options) ?? [];
      return advice.map(({ path, message }) => warning(["worlds", index, "options", ...path], message));
    }),
  ];
}
