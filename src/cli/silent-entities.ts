import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/types.ts";
import type { Snapshot } from "../monitor/types.ts";

/** The origins of a config that observe something outside the process. */
function realOrigins({ origins }: Config, { sources }: Catalog): ReadonlySet<string> {
  const real = origins.filter(
    ({ type, kind }) => type === "source" && sources.get(kind)?.simulated === false,
  );
  return new Set(real.map(({ name }) => name));
}

/** Whether a config names an entity that is observed outside the process. */
export function hasRealEntities(config: Config, catalog: Catalog): boolean {
  const real = realOrigins(config, catalog);
  return config.origins.some(({ name, entities }) => real.has(name) && entities.length > 0);
}

/** Real entities that were never observed, because virtual time does not reach outside the process. */
export function silentEntities(snapshot: Snapshot, config: Config, catalog: Catalog): string[] {
  const real = realOrigins(config, catalog);
  return snapshot.entities
    .filter(({ origin, lastSeenAt }) => real.has(origin) && lastSeenAt === undefined)
    .map(({ name }) => name);
}
