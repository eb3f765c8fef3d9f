import type { Catalog } from "../catalog/catalog.ts";
import type { Link } from "../core/entity.ts";
import { entityName } from "../core/names.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type Draft, type DraftEntity, linkPath, listAt, namePath, worldName } from "./draft.ts";
import { type Path, pathText, valueAt } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Finds duplicate names and references to unknown names: one sequence of problems for each check. */
export function referenceProblems(file: YamlFile, draft: Draft, catalog: Catalog): Iterable<ConfigProblem>[] {
  const entities = [...draft.services, ...draft.inWorlds];
  const names = new Set(entities.map(({ name }) => name));
  return [
    duplicateEntities(file, entities),
    invalidNames(file, draft.inWorlds),
    duplicateWorlds(file, catalog),
    unknownServices(file, draft),
    // A world with unknown entities may declare any name.
    ...(draft.complete ? [unknownInRules(file, names), unknownTargets(file, draft, names)] : []),
  ];
}

function problem(file: YamlFile, path: Path, message: string): ConfigProblem {
  return file.problemAt(path, `${pathText(path)} ${message}`);
}

function unknown(file: YamlFile, path: Path, what: string, name: string, known: Iterable<string>) {
  return problem(file, path, `must name ${what}, not "${name}"${didYouMean(name, known)}`);
}

function* duplicateEntities(file: YamlFile, entities: readonly DraftEntity[]): Generator<ConfigProblem> {
  const first = new Map<string, DraftEntity>();
  for (const entity of entities) {
    const { name } = entity;
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, entity);
    else yield taken(file, namePath(file.value, entity), name, earlier.kind, namePath(file.value, earlier));
  }
}

function taken(file: YamlFile, path: Path, name: string, kind: string, earlier: Path): ConfigProblem {
  const { line } = file.problemAt(earlier, "");
  return problem(file, path, `"${name}" is taken by the ${kind} in line ${line}; use another name`);
}

/** The entity names of a world are checked like those of services. */
function* invalidNames(file: YamlFile, entities: readonly DraftEntity[]): Generator<ConfigProblem> {
  for (const entity of entities) {
    const { error } = entityName().safeParse(entity.name);
    if (error === undefined) continue;
    const message = `declares the ${entity.kind} "${entity.name}": its name ${error.issues[0]!.message}`;
    yield problem(file, namePath(file.value, entity), message);
  }
}

/** World names must differ from source kinds: both are names of origins. */
function duplicateWorlds(file: YamlFile, catalog: Catalog): ConfigProblem[] {
  const first = new Map<string, Path>();
  return listAt(file.value, ["worlds"]).flatMap((entry, index) => {
    const kind = valueAt(entry, ["world"]);
    if (typeof kind !== "string" || !catalog.worlds.has(kind)) return [];
    const name = worldName(entry, kind);
    const path = ["worlds", index, "name"];
    if (catalog.sources.has(name))
      return [problem(file, path, `"${name}" is a kind of source; use another name`)];
    const earlier = first.get(name);
    if (earlier !== undefined) return [taken(file, path, name, "world", earlier)];
    first.set(name, path);
    return [];
  });
}

function* unknownInRules(file: YamlFile, names: ReadonlySet<string>): Generator<ConfigProblem> {
  for (const [rule] of listAt(file.value, ["rules"]).entries()) {
    for (const key of ["services", "entities"]) {
      for (const [place, name] of listAt(file.value, ["rules", rule, key]).entries()) {
        if (typeof name !== "string" || names.has(name)) continue;
        yield unknown(file, ["rules", rule, key, place], "an entity of this config", name, names);
      }
    }
  }
}

/** Calls must stay among the services of the config or within one world. */
function* unknownServices(file: YamlFile, { services, inWorlds }: Draft): Generator<ConfigProblem> {
  const worlds = Map.groupBy(inWorlds, ({ path }) => path[1]);
  for (const group of [services, ...worlds.values()]) {
    const names = new Set(group.map(({ name }) => name));
    const what = group === services ? "a service of this config" : "a service of this world";
    yield* unknownLinks(file, group, ({ type }) => type === "calls", what, names);
  }
}

function unknownTargets(file: YamlFile, draft: Draft, names: ReadonlySet<string>): Iterable<ConfigProblem> {
  const entities = [...draft.services, ...draft.inWorlds];
  return unknownLinks(file, entities, ({ type }) => type !== "calls", "an entity of this config", names);
}

function* unknownLinks(
  file: YamlFile,
  entities: readonly DraftEntity[],
  concerns: (link: Link) => boolean,
  what: string,
  names: ReadonlySet<string>,
): Generator<ConfigProblem> {
  for (const entity of entities) {
    for (const [index, link] of entity.links.entries()) {
      if (!concerns(link) || names.has(link.to)) continue;
      yield unknown(file, linkPath(file.value, entity, index), what, link.to, names);
    }
  }
}
