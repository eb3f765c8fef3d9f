import { host } from "./host.ts";
import { http } from "./http.ts";
import { simulated } from "./simulated.ts";
import type { SourceKind } from "./types.ts";

/** Every kind of source, by the name it has in a config. */
export const sourceKinds = {
  simulated,
  http,
  host,
} satisfies Record<string, SourceKind<unknown>>;

const byName: ReadonlyMap<string, SourceKind<unknown>> = new Map(Object.entries(sourceKinds));

/** The kind of that name. Configs are checked before anyone asks, so an unknown name is a bug. */
export function sourceKind(name: string): SourceKind<unknown> {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`there is no source kind ${name}`);
  return kind;
}
