import type { RuleTemplate } from "../alerts/templates/types.ts";
import type { RuleKind } from "../alerts/types.ts";
import type { EntityKind } from "../core/entity.ts";
import type { AnyFaultKind } from "../faults/types.ts";
import type { ChannelKind } from "../notify/types.ts";
import type { SourceKind } from "../sources/types.ts";
import type { AnyActionKind, WorldKind } from "../worlds/types.ts";

/** All registered kinds. Configs, the monitor, the screens and `describe` depend only on the catalog. */
export interface Catalog {
  readonly sources: ReadonlyMap<string, SourceKind>;
  readonly worlds: ReadonlyMap<string, WorldKind>;
  readonly rules: ReadonlyMap<string, RuleKind<unknown>>;
  /** Sets of rules that a config can instantiate. */
  readonly templates: ReadonlyMap<string, RuleTemplate<unknown>>;
  readonly entities: ReadonlyMap<string, EntityKind>;
  readonly faults: ReadonlyMap<string, AnyFaultKind>;
  readonly actions: ReadonlyMap<string, AnyActionKind>;
  readonly channels: ReadonlyMap<string, ChannelKind>;
  /** The source kind of entities that do not set `source`. */
  readonly defaultSource: string;
}

/** Joins the registries of a program. */
export function createCatalog(
  sources: readonly SourceKind[],
  worlds: readonly WorldKind[],
  rules: readonly RuleKind<unknown>[],
  defaultSource: string,
  channels: readonly ChannelKind[] = [],
  templates: readonly RuleTemplate<unknown>[] = [],
): Catalog {
  const entities = [...sources.map(({ entityKind }) => entityKind), ...worlds.flatMap((w) => w.entityKinds)];
  const origins = [...sources, ...worlds];
  return {
    sources: byKind(sources),
    worlds: byKind(worlds),
    rules: byKind(rules),
    templates: byKind(templates),
    entities: byKind(entities),
    faults: byKind(origins.flatMap(({ faultKinds }) => faultKinds)),
    actions: byKind(origins.flatMap(({ actionKinds }) => actionKinds)),
    channels: byKind(channels),
    defaultSource,
  };
}

/** Whether an origin is simulated in this process. */
export function isSimulated(
  { sources }: Catalog,
  { type, kind }: { readonly type: "world" | "source"; readonly kind: string },
): boolean {
  return type === "world" || sources.get(kind)?.simulated === true;
}

/** Different kinds with the same name would hide each other. */
function byKind<Kind extends { readonly kind: string }>(kinds: readonly Kind[]): ReadonlyMap<string, Kind> {
  const map = new Map<string, Kind>();
  for (const each of kinds) {
    const known = map.get(each.kind);
    if (known !== undefined && known !== each) throw new Error(`The kind ${each.kind} is registered twice.`);
    map.set(each.kind, each);
  }
  return map;
}
