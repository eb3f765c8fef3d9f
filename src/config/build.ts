import { defaultRules } from "../alerts/default-rules.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Limits } from "../core/measure.ts";
import { buildAlerts, buildMaintenance } from "./alerts/build.ts";
import { pickKeys, worldName } from "./draft.ts";
import type { ServiceEntry, WorldEntry } from "./entry-schemas.ts";
import { SERVICE_LIMITS, topLimits, worldLimits } from "./limit-problems.ts";
import { resolveLimits, type WrittenLimit, writtenLimits } from "./limits.ts";
import { buildNotify } from "./notify/build.ts";
import { buildRules } from "./rules/build.ts";
import type { ConfigFile } from "./schema.ts";
import type { Config, EntityConfig, OriginConfig } from "./types.ts";

/** A window covers at least this many observations: percentiles of few values mean little. */
const OBSERVATIONS_PER_WINDOW = 20;

/** An entity and the origin it belongs to. */
interface Built {
  readonly origin: Omit<OriginConfig, "entities">;
  readonly entities: readonly EntityConfig[];
}

/** Builds the config of a valid file, with all defaults. */
export function buildConfig(file: ConfigFile, catalog: Catalog): Config {
  const general: General = new Map(
    [...catalog.entities.values()].map((kind) => {
      const written = writtenLimits(file, topLimits(kind), kind);
      return [kind.kind, { written, limits: resolveLimits(kind, written) }];
    }),
  );
  const built = [
    ...(file.services ?? []).map((entry) => buildService(entry, file, general, catalog)),
    ...(file.worlds ?? []).map((entry) => buildWorld(entry, file, general, catalog)),
  ];
  const origins = Map.groupBy(built, ({ origin }) => origin.name);
  const config = {
    tickMs: file.tick,
    windowMs: file.window,
    seed: file.seed,
    entities: built.flatMap(({ entities }) => entities),
    origins: [...origins.values()].map((parts) => ({
      ...parts[0]!.origin,
      entities: parts.flatMap(({ entities }) => entities.map(({ name }) => name)),
    })),
    kinds: Object.fromEntries([...general].map(([kind, { limits }]) => [kind, { limits }])),
  };
  const rules = file.rules?.flatMap((entry) => buildRules(entry, catalog));
  return {
    ...config,
    rules: rules ?? defaultRules(catalog.rules.values(), kindsOf(config.origins, catalog)),
    ...(file.alerts === undefined ? {} : { alerts: buildAlerts(file.alerts) }),
    ...(file.maintenance === undefined ? {} : { maintenance: buildMaintenance(file.maintenance) }),
    ...(file.notify === undefined ? {} : { notify: buildNotify(file.notify, catalog) }),
  };
}

/** The top-level limits by entity kind: the overrides and the result. */
type General = ReadonlyMap<
  string,
  { readonly written: readonly WrittenLimit[]; readonly limits: Readonly<Record<string, Limits>> }
>;

function buildService(entry: ServiceEntry, file: ConfigFile, general: General, catalog: Catalog): Built {
  const source = catalog.sources.get(entry.source)!;
  const kind = source.entityKind;
  const options = pickKeys(entry, source.schema.shape);
  const cadenceMs = source.cadenceMs(options);
  const entity: EntityConfig = {
    name: entry.name,
    kind: kind.kind,
    labels: entry.labels,
    links: source.links(options),
    cadenceMs,
    ...(source.timeoutMs === undefined ? {} : { timeoutMs: source.timeoutMs(options) }),
    options,
    windowMs: windowOf(entry.window, file, cadenceMs),
    limits: limitsOf(kind, general, writtenLimits(entry, SERVICE_LIMITS, kind)),
    ...staleAfter(entry.thresholds?.stale_after ?? file.thresholds?.stale_after),
  };
  return { origin: { name: source.kind, type: "source", kind: source.kind }, entities: [entity] };
}

function buildWorld(entry: WorldEntry, file: ConfigFile, general: General, catalog: Catalog): Built {
  const world = catalog.worlds.get(entry.world)!;
  const name = worldName(entry, world.kind);
  const limits = new Map(
    world.entityKinds.map((kind) => [
      kind.kind,
      limitsOf(kind, general, writtenLimits(entry, worldLimits(kind), kind)),
    ]),
  );
  const entities = world.entities(entry.options, name).map(
    (declared): EntityConfig => ({
      ...declared,
      labels: { ...entry.labels, ...declared.labels },
      windowMs: windowOf(entry.window, file, declared.cadenceMs),
      limits: limits.get(declared.kind)!,
      ...staleAfter(file.thresholds?.stale_after),
    }),
  );
  return { origin: { name, type: "world", kind: world.kind }, entities };
}

/** Left out rather than undefined, so that a config equals its JSON. */
function staleAfter(ms: number | undefined): Pick<EntityConfig, "staleAfterMs"> {
  return ms === undefined ? {} : { staleAfterMs: ms };
}

function windowOf(own: number | undefined, file: ConfigFile, cadenceMs: number): number {
  return own ?? Math.max(file.window, OBSERVATIONS_PER_WINDOW * cadenceMs);
}

function limitsOf(
  kind: EntityKind,
  general: General,
  own: readonly WrittenLimit[],
): Readonly<Record<string, Limits>> {
  const { written, limits } = general.get(kind.kind)!;
  return own.length === 0 ? limits : resolveLimits(kind, written, own);
}

/** The entity kinds that these origins can observe. */
function kindsOf(origins: readonly OriginConfig[], catalog: Catalog): EntityKind[] {
  const kinds = origins.flatMap(({ type, kind }) =>
    type === "source" ? [catalog.sources.get(kind)!.entityKind] : catalog.worlds.get(kind)!.entityKinds,
  );
  return [...new Set(kinds)];
}
