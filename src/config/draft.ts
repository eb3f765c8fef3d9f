import type { ConfigKinds } from "./kinds.ts";
import { valueAt } from "./sentences.ts";

/** For zod: a config is read once, which is too seldom for code of its own for each schema to pay. */
export const READ_ONCE = { jitless: true } as const;

/** A service as far as it can be made out, in a config that may be wrong elsewhere. */
export interface DraftService {
  /** Its place in the list. */
  readonly index: number;
  readonly name: string;
  readonly calls: readonly string[];
}

/**
 * The services that have a name, read leniently: so that what they say of each other is checked even where
 * something else is wrong, and all problems come at once.
 */
export function draftServices(value: unknown, kinds: ConfigKinds): DraftService[] {
  return listAt(value, ["services"]).flatMap((entry, index) => {
    const name = valueAt(entry, ["name"]);
    return typeof name === "string" ? [{ index, name, calls: callsOf(entry, kinds) }] : [];
  });
}

/** The list at a path; an empty one where there is none. */
export function listAt(value: unknown, path: readonly PropertyKey[]): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

function callsOf(entry: unknown, kinds: ConfigKinds): readonly string[] {
  const kind = valueAt(entry, ["source"]) ?? kinds.defaultSource;
  if (typeof kind !== "string" || !Object.hasOwn(kinds.sources, kind)) return [];
  const source = kinds.sources[kind]!;
  const options = source.schema.safeParse(pickKeys(entry, source.schema.shape), READ_ONCE);
  return options.success ? source.calls(options.data) : [];
}

/** The part of a map whose keys are in `shape`. */
export function pickKeys(value: unknown, shape: object): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(shape, key)));
}
