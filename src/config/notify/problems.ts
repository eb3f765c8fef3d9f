import type { Catalog } from "../../catalog/catalog.ts";
import { SEVERITIES } from "../../core/alert.ts";
import { duration, WEEK_MS } from "../../core/quantity.ts";
import { parseTemplate, unknownVariables } from "../../core/template.ts";
import { referenceProblem } from "../../notify/secrets.ts";
import { NAMES } from "../../notify/variables.ts";
import { didYouMean } from "../did-you-mean.ts";
import { listAt, pickKeys, READ_ONCE } from "../draft.ts";
import { type Path, pathText, valueAt } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import { escalationSteps } from "./build.ts";
import { teamCycles } from "./cycles.ts";

/** A named entry of a list. */
interface Named {
  readonly name: string;
  readonly path: Path;
}

/**
 * Problems of the section `notify` beyond its schema, one sequence for each check. It is read leniently, so that they
 * are found in spite of others.
 */
export function notifyProblems(file: YamlFile, catalog: Catalog): Iterable<ConfigProblem>[] {
  const channels = namedIn(file, "channels");
  const receivers = namedIn(file, "receivers");
  return [
    doubled(file, "channel", channels),
    doubled(file, "receiver", receivers),
    channelProblems(file, catalog),
    receiverProblems(file, channels, receivers),
    teamCycles(file),
    routeProblems(file, receivers),
  ];
}

function namedIn(file: YamlFile, list: string): Named[] {
  return listAt(file.value, ["notify", list]).flatMap((entry, index) => {
    const name = valueAt(entry, ["name"]);
    return typeof name === "string" ? [{ name, path: ["notify", list, index, "name"] }] : [];
  });
}

function problem(file: YamlFile, path: Path, message: string): ConfigProblem {
  return file.problemAt(path, `${pathText(path)} ${message}`);
}

function* doubled(file: YamlFile, what: string, all: readonly Named[]): Generator<ConfigProblem> {
  const first = new Map<string, Path>();
  for (const { name, path } of all) {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, path);
      continue;
    }
    const { line } = file.problemAt(earlier, "");
    yield problem(file, path, `"${name}" is taken by the ${what} in line ${line}; use another name`);
  }
}

/** Names in a list that nothing has. */
function* unknownIn(
  file: YamlFile,
  path: Path,
  what: string,
  known: readonly Named[],
): Generator<ConfigProblem> {
  const names = new Set(known.map(({ name }) => name));
  for (const [index, name] of listAt(file.value, path).entries()) {
    if (typeof name !== "string" || names.has(name)) continue;
    const advice = names.size === 0 ? `; notify.${what}s lists none` : didYouMean(name, names);
    yield problem(file, [...path, index], `must name a ${what}, not "${name}"${advice}`);
  }
}

function* channelProblems(file: YamlFile, catalog: Catalog): Generator<ConfigProblem> {
  for (const [index, entry] of listAt(file.value, ["notify", "channels"]).entries()) {
    const path = ["notify", "channels", index];
    for (const part of ["title", "body"]) {
      const text = valueAt(entry, ["template", part]);
      const wrong = typeof text === "string" ? templateProblem(text) : undefined;
      if (wrong !== undefined) yield problem(file, [...path, "template", part], wrong);
    }
    const kind = catalog.channels.get(String(valueAt(entry, ["kind"])));
    if (kind === undefined) continue;
    for (const found of textsIn(pickKeys(entry, kind.schema.shape), path)) {
      const wrong = referenceProblem(found.text);
      if (wrong !== undefined) yield problem(file, found.path, wrong);
    }
  }
}

/** What is wrong with a template, as the end of a sentence about it. */
function templateProblem(text: string): string | undefined {
  try {
    const [unknown] = unknownVariables(parseTemplate(text), NAMES);
    if (unknown === undefined) return undefined;
    const known = [...NAMES.texts, ...NAMES.maps.map((map) => `${map}.NAME`)];
    return `has no variable "${unknown}"${didYouMean(unknown, known)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** All texts inside a value, with their paths. */
function* textsIn(value: unknown, path: Path): Generator<{ readonly text: string; readonly path: Path }> {
  if (typeof value === "string") yield { text: value, path };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* textsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function* receiverProblems(
  file: YamlFile,
  channels: readonly Named[],
  receivers: readonly Named[],
): Generator<ConfigProblem> {
  for (const [index, entry] of listAt(file.value, ["notify", "receivers"]).entries()) {
    const path = ["notify", "receivers", index];
    yield* unknownIn(file, [...path, "channels"], "channel", channels);
    for (const severity of SEVERITIES) {
      yield* unknownIn(file, [...path, "channels", severity], "channel", channels);
    }
    yield* unknownIn(file, [...path, "members"], "receiver", receivers);
    if (typeof entry === "object" && entry !== null && !reachesSomebody(entry)) {
      yield problem(file, path, "reaches nobody; give it channels, or members if it is a team");
    }
  }
}

function reachesSomebody(entry: object): boolean {
  if (listAt(entry, ["members"]).length > 0) return true;
  const channels = valueAt(entry, ["channels"]);
  return typeof channels === "object" && channels !== null && Object.keys(channels).length > 0;
}

function* routeProblems(file: YamlFile, receivers: readonly Named[]): Generator<ConfigProblem> {
  for (const [index] of listAt(file.value, ["notify", "routes"]).entries()) {
    const path = ["notify", "routes", index];
    yield* unknownIn(file, [...path, "receivers"], "receiver", receivers);
    const steps = listAt(file.value, [...path, "escalate"]);
    for (const step of steps.keys()) {
      yield* unknownIn(file, [...path, "escalate", step, "to"], "receiver", receivers);
    }
    yield* unorderedSteps(file, [...path, "escalate"], steps);
  }
}

/** Steps must be in rising order of time, also those with default times. */
function* unorderedSteps(file: YamlFile, path: Path, steps: readonly unknown[]): Generator<ConfigProblem> {
  const times = steps.map((step) =>
    duration(0, WEEK_MS)
      .optional()
      .safeParse(valueAt(step, ["after"]), READ_ONCE),
  );
  if (!times.every(({ success }) => success)) return;
  const built = escalationSteps(
    times.map(({ data }) => ({ ...(data === undefined ? {} : { after: data }), to: [] })),
  );
  for (const [index, { afterMs }] of built.entries()) {
    if (index === 0 || afterMs > built[index - 1]!.afterMs) continue;
    yield problem(file, [...path, index, "after"], "must be later than the step before");
  }
}
