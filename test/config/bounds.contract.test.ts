import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { catalog } from "../../src/catalog/index.ts";
import { configJsonSchema, parseConfig } from "../../src/config/config.ts";

/** The largest delay of a timer of the machine, ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

interface Field {
  readonly path: string;
  readonly schema: Record<string, unknown>;
}

/** Every field of a JSON Schema, at any depth. */
function fieldsOf(schema: unknown, definitions: Record<string, unknown>, path = ""): Field[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = schema as Record<string, unknown>;
  if (typeof own.$ref === "string") {
    return fieldsOf(definitions[own.$ref.replace(/^#\/\$defs\//, "")], definitions, path);
  }
  const maps = Object.entries((own.properties as object) ?? {}).flatMap(([key, each]) =>
    fieldsOf(each, definitions, `${path}.${key}`),
  );
  const choices = [own.anyOf, own.oneOf].flatMap((each) => (Array.isArray(each) ? each : []));
  const rest = [own.items, own.additionalProperties, ...choices].flatMap((each) =>
    fieldsOf(each, definitions, path),
  );
  return [{ path, schema: own }, ...maps, ...rest];
}

const schema = configJsonSchema();
const fields = fieldsOf(schema, (schema.$defs ?? {}) as Record<string, unknown>);

/** Units such as ms end the pattern of a duration. */
const isDuration = ({ schema: { anyOf } }: Field) =>
  Array.isArray(anyOf) && anyOf.some(({ pattern }) => String(pattern).includes("ms|s|m|h|d"));

describe("every field of every kind", () => {
  it("that is a number has a minimum and a maximum", () => {
    const numbers = fields.filter(({ schema: { type } }) => type === "number" || type === "integer");
    expect(numbers.length).toBeGreaterThan(50);
    for (const { path, schema: field } of numbers) {
      expect(field.maximum ?? field.exclusiveMaximum, `the maximum of ${path}`).toBeTypeOf("number");
      expect(field.minimum ?? field.exclusiveMinimum, `the minimum of ${path}`).toBeTypeOf("number");
    }
  });

  it("that is a duration is short enough for every timer", () => {
    const durations = fields.filter(isDuration);
    expect(durations.length).toBeGreaterThan(20);
    for (const { path, schema: field } of durations) {
      const [number] = field.anyOf as { readonly maximum: number }[];
      expect(number!.maximum, path).toBeLessThanOrEqual(MAX_TIMER_MS);
    }
  });

  it("that is a list has a maximum length", () => {
    const lists = fields.filter(({ schema: { type } }) => type === "array");
    expect(lists.length).toBeGreaterThan(5);
    for (const { path, schema: field } of lists) expect(field.maxItems, path).toBeTypeOf("number");
  });
});

/** The paths of all durations of an object schema that lead through maps and lists. */
function durationPaths(field: unknown): (string | number)[][] {
  const own = field as Record<string, unknown>;
  if (isDuration({ path: "", schema: own })) return [[]];
  const inside = Object.entries((own.properties as object) ?? {}).flatMap(([key, each]) =>
    durationPaths(each).map((path) => [key, ...path]),
  );
  return typeof own.items === "object" && own.items !== null
    ? durationPaths(own.items).map((path) => [0, ...path])
    : inside;
}

describe("a duration of 99999999999999999999 days", () => {
  const sources = Object.entries(catalogFields());

  it.each(sources)("is refused in one plain sentence in every field of %s", (_, { entry, paths, at }) => {
    for (const path of paths) {
      const value = structuredClone(entry);
      set(value, path, "99999999999999999999d");
      const result = parseConfig(stringify(at(value)));
      const messages = result.ok ? [] : result.problems.map(({ message }) => message);
      const about = messages.filter((message) => /must be at most \d+(\.\d+)?(ms|s|m|h|d)$/.test(message));
      expect(about, `${path.join(".")}: ${messages.join("; ")}`).toHaveLength(1);
    }
  });
});

interface Kind {
  readonly entry: Record<string, unknown>;
  readonly paths: readonly (readonly (string | number)[])[];
  /** The config with this entry. */
  readonly at: (entry: unknown) => unknown;
}

/** The durations of every registered source, world and rule, with an entry that is valid without them. */
function catalogFields(): Record<string, Kind> {
  const kinds: Record<string, Kind> = {};
  const branchesOf = (key: string) => {
    type Branches = { readonly oneOf?: unknown[]; readonly anyOf?: Branches[] };
    const { items } = (schema.properties as Record<string, { items: Branches }>)[key]!;
    const all = (items.anyOf ?? [items]).flatMap(({ oneOf = [] }) => oneOf);
    return all as { readonly properties: Record<string, { readonly const?: string }> }[];
  };
  for (const branch of branchesOf("services")) {
    const kind = branch.properties.source!.const!;
    const { example } = catalog.sources.get(kind)!;
    kinds[`source ${kind}`] = {
      entry: { ...example },
      paths: durationPaths(branch),
      at: (entry) => ({ services: [entry] }),
    };
  }
  for (const branch of branchesOf("worlds")) {
    const kind = branch.properties.world!.const!;
    const { example } = catalog.worlds.get(kind)!;
    kinds[`world ${kind}`] = {
      entry: { ...example },
      paths: durationPaths(branch),
      at: (entry) => ({ worlds: [entry] }),
    };
  }
  for (const branch of branchesOf("rules")) {
    const { kind, template } = branch.properties;
    const { example } = catalog.rules.get(kind?.const ?? "") ?? catalog.templates.get(template!.const!)!;
    const { entities: _, ...entry } = example;
    kinds[`rule ${kind?.const ?? template?.const}`] = {
      entry,
      paths: durationPaths(branch),
      at: (entry) => ({ services: [{ name: "a", base_latency: "1ms" }], rules: [entry] }),
    };
  }
  return kinds;
}

function set(
  target: Record<string | number, unknown>,
  path: readonly (string | number)[],
  value: unknown,
): void {
  let current = target;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const next = current[step];
    if (typeof next !== "object" || next === null)
      current[step] = typeof path[index + 1] === "number" ? [] : {};
    current = current[step] as Record<string | number, unknown>;
  }
  current[path.at(-1)!] = value;
}
