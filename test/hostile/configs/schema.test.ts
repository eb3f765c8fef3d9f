import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { configJsonSchema } from "../../../src/config/config.ts";
import { cases, report } from "../scale.ts";
import { newTally, tryConfig } from "./harness.ts";
import { durationLike, strangeText } from "./values.ts";

type Schema = Readonly<Record<string, unknown>>;

const root = configJsonSchema() as Schema;
const definitions = (root.$defs ?? {}) as Readonly<Record<string, Schema>>;

/** Names are few, so that references often meet. */
const names = fc.constantFrom("a", "b", "c", "d", "e");

/** The limits of a number, values between them, and sometimes one beyond. */
function numberOf({ type, minimum, maximum, exclusiveMinimum }: Schema): Arbitrary<unknown> {
  const low = Number(minimum ?? exclusiveMinimum);
  const high = Number(maximum);
  const within = type === "integer" ? Math.floor((low + high) / 2) : (low + high) / 2;
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(low, within, high) },
    { weight: 60, arbitrary: fc.nat(20).map((count) => Math.min(high, Math.max(low, low + count))) },
    { weight: 1, arbitrary: fc.constantFrom(low - 1, high + 1, high * 2, Number.NaN, 1e300) },
  );
}

function stringOf({ minLength, pattern }: Schema): Arbitrary<unknown> {
  if (String(pattern).includes("ms|s|m|h|d")) {
    return fc.oneof(
      { weight: 60, arbitrary: fc.constantFrom("1s", "1500ms", "1m") },
      { weight: 1, arbitrary: durationLike },
    );
  }
  return fc.oneof(
    { weight: 100, arbitrary: names },
    { weight: 1, arbitrary: strangeText },
    { weight: 1, arbitrary: fc.constant(minLength === undefined ? "" : "-") },
  );
}

/** The required keys and a few others: of many random options, two usually contradict each other. */
function objectOf(schema: Schema): Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  if (properties.length === 0) return fc.dictionary(names, names, { maxKeys: 3 });
  const required = new Set((schema.required ?? []) as string[]);
  const fields = new Map(properties.map(([key, each]) => [key, fieldOf(key, each)]));
  const optional = properties.map(([key]) => key).filter((key) => !required.has(key));
  return fc
    .subarray(optional, { maxLength: Math.min(3, optional.length) })
    .chain((keys) =>
      fc.record(Object.fromEntries([...required, ...keys].map((key) => [key, fields.get(key)!]))),
    );
}

/** An URL must look like one for a source to be accepted. */
function fieldOf(key: string, schema: Schema): Arbitrary<unknown> {
  return key === "url" ? fc.constantFrom("http://localhost:1/", "https://[::1]/") : drawnFrom(schema);
}

/** Values that a schema describes, with limits and mistakes more often than chance would have them. */
function drawnFrom(schema: Schema): Arbitrary<unknown> {
  if (typeof schema.$ref === "string") return drawnFrom(definitions[schema.$ref.replace("#/$defs/", "")]!);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const branches = [schema.anyOf, schema.oneOf].flatMap((each) => (Array.isArray(each) ? each : []));
  if (branches.length > 0) return fc.oneof(...branches.map((branch) => drawnFrom(branch as Schema)));
  switch (schema.type) {
    case "number":
    case "integer":
      return numberOf(schema);
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(drawnFrom(schema.items as Schema), { maxLength: 4 });
    case "object":
      return objectOf(schema);
    default:
      return stringOf(schema);
  }
}

type Entry = Record<string, unknown>;
const LETTERS = "abcde";
const listOf = (value: unknown) => (Array.isArray(value) ? (value as Entry[]) : []);

/** Lets the parts of an entry fit: unique names, and calls that lead to later services only. */
function fitting(entry: Entry, index: number, count: number, prefix = ""): Entry {
  const calls = listOf(entry.calls).slice(0, count - index - 1);
  return {
    ...entry,
    name: `${prefix}${LETTERS[index]}`,
    ...("endpoints" in entry
      ? { endpoints: listOf(entry.endpoints).map((each, nth) => ({ ...each, name: `/${nth}` })) }
      : {}),
    ...("publishes" in entry ? { publishes: [] } : {}),
    ...("calls" in entry
      ? { calls: calls.map((call, nth) => ({ ...call, service: `${prefix}${LETTERS[index + nth + 1]}` })) }
      : {}),
  };
}

/** The same for the entities of a world: what is named elsewhere is one of its queues. */
function fittingWorld(world: Entry, place: number): Entry {
  const options = Object.fromEntries(
    Object.entries((world.options ?? {}) as Record<string, unknown>).map(([key, value]) => {
      const entries = listOf(value);
      if (key === "services") {
        return [key, entries.map((each, index) => fitting(each, index, entries.length, `w${place}`))];
      }
      return [
        key,
        entries.map((each, index) => ({
          ...each,
          name: `${key}-${place}-${index}`,
          ...("to" in each ? { to: `queues-${place}-0` } : {}),
          ...("from" in each ? { from: `queues-${place}-0` } : {}),
        })),
      ];
    }),
  );
  return { ...world, name: `world-${place}`, options };
}

/** A config whose parts mostly fit. */
function configOf(): Arbitrary<unknown> {
  const { services, worlds, rules, tick, window, seed } = root.properties as Readonly<Record<string, Schema>>;
  const entries = (schema: Schema | undefined, most: number) =>
    fc.array(drawnFrom(schema!.items as Schema), { maxLength: most }) as Arbitrary<Entry[]>;
  return fc
    .record(
      {
        services: entries(services, 4).map((all) => all.map((each, i) => fitting(each, i, all.length))),
        worlds: entries(worlds, 2).map((all) => all.map(fittingWorld)),
        rules: fc.oneof(
          { weight: 9, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: entries(rules, 2) },
        ),
        tick: drawnFrom(tick!),
        window: drawnFrom(window!),
        seed: drawnFrom(seed!),
      },
      { requiredKeys: ["services", "worlds"] },
    )
    .filter((config) => config.services.length + config.worlds.length > 0);
}

describe("configs made from the schema", () => {
  it("run, or are refused in plain messages, also with every number at its limit", async () => {
    const tally = newTally();
    await fc.assert(
      fc.asyncProperty(configOf(), (config) =>
        tryConfig(stringify(config, { aliasDuplicateObjects: false }), tally),
      ),
      { numRuns: cases(60, 6000), endOnFailure: true },
    );
    expect(tally.accepted).toBeGreaterThan(0);
    report(`configs from the schema (${tally.accepted} accepted, ${tally.refused} refused)`, tally.tried, 0);
  }, 1_800_000);
});
