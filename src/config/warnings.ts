import type { Catalog } from "../catalog/catalog.ts";
import { pickKeys } from "./draft.ts";
import type { ConfigFile } from "./schema.ts";
import { pathText } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Advice of the sources on the options of a valid config. */
export function sourceWarnings(config: ConfigFile, file: YamlFile, catalog: Catalog): ConfigProblem[] {
  return (config.services ?? []).flatMap((entry, index) => {
    const source = catalog.sources.get(entry.source)!;
    const advice = source.advice?.(pickKeys(entry, source.schema.shape)) ?? [];
    return advice.map(({ option, message }) => {
      const path = ["services", index, option];
      return file.problemAt(path, `${pathText(path)} ${message}`);
    });
  });
}
