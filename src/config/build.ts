import type { Rule } from "../alerts/types.ts";
import type { Thresholds } from "../health/thresholds.ts";
import { pickKeys } from "./draft.ts";
import type { ConfigKinds } from "./kinds.ts";
import type { ConfigFile } from "./schema.ts";
import type { ServiceEntry } from "./service-schema.ts";
import type { Config, ServiceConfig } from "./types.ts";

/** A window must hold a good number of looks: percentiles of three values say nothing. */
const LOOKS_PER_WINDOW = 20;

/** The config that a right file means, with everything filled in. */
export function buildConfig(file: ConfigFile, kinds: ConfigKinds): Config {
  return {
    tickMs: file.tick,
    windowMs: file.window,
    seed: file.seed,
    services: file.services.map((entry) => buildService(entry, file, kinds)),
    rules: file.rules === undefined ? defaultRules(kinds) : buildRules(file.rules, kinds),
  };
}

function buildService(entry: ServiceEntry, file: ConfigFile, kinds: ConfigKinds): ServiceConfig {
  const source = kinds.sources[entry.source]!;
  const options = pickKeys(entry, source.schema.shape);
  return {
    name: entry.name,
    source: entry.source,
    labels: entry.labels,
    windowMs: entry.window ?? Math.max(file.window, LOOKS_PER_WINDOW * source.cadenceMs(options)),
    thresholds: mergeThresholds(file.thresholds, entry.thresholds),
    options,
  };
}

function mergeThresholds(general: Thresholds, own: ServiceEntry["thresholds"]): Thresholds {
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...general, ...Object.fromEntries(given) };
}

function buildRules(entries: NonNullable<ConfigFile["rules"]>, kinds: ConfigKinds): Rule[] {
  return entries.map((entry) => ({
    kind: entry.kind,
    options: pickKeys(entry, kinds.rules[entry.kind]!.schema.shape),
    services: entry.services,
  }));
}

/** One rule of each kind that can do without being told anything. */
function defaultRules(kinds: ConfigKinds): Rule[] {
  return Object.values(kinds.rules).flatMap(({ kind, schema }) => {
    const options = schema.safeParse({});
    return options.success ? [{ kind, options: options.data, services: undefined }] : [];
  });
}
