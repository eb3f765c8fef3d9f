import type { RuleKind } from "../alerts/types.ts";
import type { EntityKind } from "../core/entity.ts";
import type { AnyFaultKind } from "../faults/types.ts";
import type { SourceKind } from "../sources/types.ts";
import type { AnyActionKind, WorldKind } from "../worlds/types.ts";

/** Everything that is registered. Configs, the monitor, screens and `describe` work from a catalog alone. */
export interface Catalog {
  readonly sources: ReadonlyMap<string, SourceKind>;
  readonly worlds: ReadonlyMap<string, WorldKind>;
  readonly rules: ReadonlyMap<string, RuleKind<unknown>>;
  readonly entities: ReadonlyMap<string, EntityKind>;
  readonly faults: ReadonlyMap<string, AnyFaultKind>;
  readonly actions: ReadonlyMap<string, AnyActionKind>;
  /** The kind of source of a service that names none. */
  readonly defaultSource: string;
}

/** The registries of one program, joined. */
export function createCatalog(
  sources: readonly SourceKind[],
  worlds: readonly WorldKind[],
  rules: readonly RuleKind<unknown>[],
  defaultSource: string,
): Catalog {
  const entities = [...sources.map(({ entityKind }) => entityKind), ...worlds.flatMap((w) => w.entityKinds)];
  const origins = [...sources, ...worlds];
  return {
    sources: byKind(sources),
    worlds: byKind(worlds),
    rules: byKind(rules),
    entities: byKind(entities),
    faults: byKind(origins.flatMap(({ faultKinds }) => faultKinds)),
    actions: byKind(origins.flatMap(({ actionKinds }) => actionKinds)),
    defaultSource,
  };
}

/** Two kinds of one name would hide each other, unless they are one and the same. */
function byKind<Kind extends { readonly kind: string }>(kinds: readonly Kind[]): ReadonlyMap<string, Kind> {
  const map = new Map<string, Kind>();
  for (const each of kinds) {
    const known = map.get(each.kind);
    if (known !== undefined && known !== each) throw new Error(`The kind ${each.kind} is registered twice.`);
    map.set(each.kind, each);
  }
  return map;
}
