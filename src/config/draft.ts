import type { Catalog } from "../catalog/catalog.ts";
import type { Link } from "../core/entity.ts";
import { formatCount } from "../core/text.ts";
import type { SourceKind } from "../sources/types.ts";
import { type Path, valueAt } from "./sentences.ts";

/** For zod: a config is read once, so compiled validators do not pay off. */
export const READ_ONCE = { jitless: true } as const;

/** Entities of one config. Ten thousand are a large fleet; each takes memory for its history. */
export const MAX_ENTITIES = 25_000;
const TOO_MANY_ENTITIES = `the config has more than ${formatCount(MAX_ENTITIES)} entities; declare fewer`;

/** The readable part of an entity, in a config that may be invalid elsewhere. */
export interface DraftEntity {
  readonly name: string;
  readonly kind: string;
  readonly links: readonly Link[];
  /** The entry of `services`, or the options of the entry of `worlds`, that declares it. */
  readonly path: Path;
  /** For an entry of `services` with valid options: its source and the options. */
  readonly source?: SourceKind;
  readonly options?: unknown;
}

/** A problem of a world's options, with the path inside the file. */
interface DraftProblem {
  readonly path: Path;
  readonly message: string;
}

export interface Draft {
  /** Entries of `services` that have a name. */
  readonly services: readonly DraftEntity[];
  /** Entities of the worlds whose options are valid. */
  readonly inWorlds: readonly DraftEntity[];
  /** False if the entities of a world are unknown. */
  readonly complete: boolean;
  /** Problems that the option schema of a world cannot express. */
  readonly problems: readonly DraftProblem[];
}

/**
 * The entities of a config, read leniently, so that references are checked in spite of other problems and
 * all problems are reported at once.
 */
export function draftOf(value: unknown, catalog: Catalog): Draft {
  const services = listAt(value, ["services"]).flatMap((entry, index) => draftService(entry, index, catalog));
  const worlds: (DraftWorld | undefined)[] = [];
  let count = services.length;
  for (const [index, entry] of listAt(value, ["worlds"]).entries()) {
    const world = draftWorld(entry, index, catalog);
    count += world?.entities?.length ?? 0;
    if (count > MAX_ENTITIES) {
      worlds.push({ problems: [{ path: ["worlds", index], message: TOO_MANY_ENTITIES }] });
      break;
    }
    worlds.push(world);
  }
  return {
    services,
    inWorlds: worlds.flatMap((world) => world?.entities ?? []),
    complete: worlds.every((world) => world?.entities !== undefined),
    problems: [...worlds.flatMap((world) => world?.problems ?? []), ...sourceProblems(services, catalog)],
  };
}

function draftService(entry: unknown, index: number, catalog: Catalog): DraftEntity[] {
  const name = valueAt(entry, ["name"]);
  if (typeof name !== "string") return [];
  const source = catalog.sources.get(String(valueAt(entry, ["source"]) ?? catalog.defaultSource));
  const options = source?.schema.safeParse(pickKeys(entry, source.schema.shape), READ_ONCE);
  const kind = source?.entityKind.kind ?? "service";
  const path = ["services", index];
  if (source === undefined || !options?.success) return [{ name, kind, links: [], path }];
  return [{ name, kind, links: source.links(options.data), path, source, options: options.data }];
}

/** Problems between the entities of each source. */
function sourceProblems(services: readonly DraftEntity[], catalog: Catalog): DraftProblem[] {
  return [...catalog.sources.values()].flatMap((source) => {
    if (source.problems === undefined) return [];
    const own = services.filter((service) => service.source === source);
    const given = own.map(({ name, options }) => ({ name, options }));
    return source.problems(given).map(({ index, path, message }) => ({
      path: [...own[index]!.path, ...path],
      message,
    }));
  });
}

interface DraftWorld {
  /** Undefined if they are unknown. */
  readonly entities?: readonly DraftEntity[];
  readonly problems?: readonly DraftProblem[];
}

function draftWorld(entry: unknown, index: number, catalog: Catalog): DraftWorld | undefined {
  const world = catalog.worlds.get(String(valueAt(entry, ["world"])));
  const parsed = world?.schema.safeParse(valueAt(entry, ["options"]) ?? {}, READ_ONCE);
  if (world === undefined || parsed === undefined || !parsed.success) return undefined;
  const path = ["worlds", index, "options"];
  const problems = (world.problems?.(parsed.data) ?? []).map((problem) => ({
    path: [...path, ...problem.path],
    message: problem.message,
  }));
  if (problems.length > 0) return { problems };
  const entities = world.entities(parsed.data, worldName(entry, world.kind));
  return { entities: entities.map(({ name, kind, links }) => ({ name, kind, links, path })) };
}

/** The name of a world instance. */
export function worldName(entry: unknown, kind: string): string {
  const name = valueAt(entry, ["name"]);
  return typeof name === "string" ? name : kind;
}

/** The path of the name of an entity, or the nearest one. */
export function namePath(file: unknown, { name, path }: DraftEntity): Path {
  const declaration = findNamed(file, path, name);
  return declaration === undefined ? path.slice(0, 2) : [...declaration, "name"];
}

/** The path of the target of a link, or the nearest one. */
export function linkPath(file: unknown, entity: DraftEntity, index: number): Path {
  const { type, to } = entity.links[index]!;
  const nth = entity.links.slice(0, index).filter((link) => link.type === type).length;
  // Usually a list named after the link type: `calls`, `publishes`.
  const item = [...entity.path, type, nth];
  const declaration = findNamed(file, entity.path, entity.name) ?? entity.path;
  return (
    findText(file, item, to) ??
    findText(file, declaration, to) ??
    findText(file, entity.path, to) ??
    entity.path
  );
}

/** The path of the first map below `path` with this `name`. */
function findNamed(file: unknown, path: Path, name: string): Path | undefined {
  return find(file, path, (value) => valueAt(value, ["name"]) === name);
}

/** The path of the first value below `path` that equals this text, except values of `name`. */
function findText(file: unknown, path: Path, text: string): Path | undefined {
  return find(file, path, (value, key) => value === text && key !== "name");
}

function find(
  file: unknown,
  path: Path,
  matches: (value: unknown, key: PropertyKey | undefined) => boolean,
): Path | undefined {
  // Aliases can make a value contain itself.
  const seen = new Set<object>();
  const search = (value: unknown, at: Path): Path | undefined => {
    if (matches(value, at.at(-1))) return at;
    if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) {
      const found = search(inner, [...at, Array.isArray(value) ? Number(key) : key]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(valueAt(file, path), path);
}

/** The list at a path; empty if there is none. */
export function listAt(value: unknown, path: Path): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The part of a map whose keys are in `shape`. */
export function pickKeys(value: unknown, shape: object): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(shape, key)));
}
