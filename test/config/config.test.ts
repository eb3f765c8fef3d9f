import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { catalog } from "../../src/catalog/index.ts";
import { configJsonSchema, parseConfig } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";

const folder = new URL("../../config/", import.meta.url);
const read = (name: string) => readFile(new URL(name, folder), "utf8");
const examples = (await readdir(folder)).filter((name) => name.endsWith(".yaml"));

describe("the configs that come with the program", () => {
  it.each(examples)("%s is valid and refers to its schema", async (name) => {
    expect(await loadConfig(new URL(name, folder).pathname, { clock: createVirtualClock() })).toMatchObject({
      ok: true,
    });
    expect((await read(name)).split("\n")[0]).toBe("# yaml-language-server: $schema=./schema.json");
  });

  it("have an up-to-date schema file; run npm run schema", async () => {
    expect(JSON.parse(await read("schema.json"))).toEqual(configJsonSchema());
  });

  it("have the same services in both fleets, and no calls in the walkthrough", async () => {
    const [calm, stressed] = await Promise.all(
      ["default.yaml", "walkthrough.yaml"].map(async (name) => {
        const result = parseConfig(await read(name));
        return result.ok ? result.config.entities : [];
      }),
    );
    expect(stressed?.map((service) => service.name)).toEqual(calm?.map((service) => service.name));
    for (const { links } of stressed ?? []) expect(links).toEqual([]);
  });
});

describe("the real registries", () => {
  it.each([...catalog.sources.values()])("accept the example of the source $kind", ({ example }) => {
    const services = [example, ...calledBy(example).map((name) => ({ name, base_latency: "10ms" }))];
    expect(parseConfig(stringify({ services }))).toMatchObject({ ok: true });
  });

  it.each([...catalog.worlds.values()])(
    "accept the example of the world $kind",
    ({ kind, example, entityKinds }) => {
      const result = parseConfig(stringify({ worlds: [example] }));
      expect(result).toMatchObject({ ok: true });
      if (!result.ok) return;
      const { entities, origins } = result.config;
      expect(origins).toMatchObject([{ type: "world", kind, entities: entities.map(({ name }) => name) }]);
      const kinds = entityKinds.map((each) => each.kind);
      for (const entity of entities) expect(kinds).toContain(entity.kind);
      // The build stores configs as JSON.
      expect(JSON.parse(JSON.stringify(result.config))).toEqual(result.config);
    },
  );

  it.each([...catalog.rules.values()])("accept the example of the rule $kind", ({ kind, example }) => {
    const services = [{ name: "a", base_latency: "10ms" }];
    const result = parseConfig(stringify({ services, rules: [example] }));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.config.rules).toMatchObject([{ kind }]);
  });

  it.each([...catalog.entities.values()])(
    "accept the written default limits of $kind",
    ({ kind, measures }) => {
      const limits = Object.fromEntries(
        measures.flatMap((measure) => (measure.limits === undefined ? [] : [[measure.id, measure.limits]])),
      );
      const services = [{ name: "a", base_latency: "10ms" }];
      const written = parseConfig(stringify({ services, limits: { [kind]: limits } }));
      expect(written).toEqual(parseConfig(stringify({ services })));
    },
  );

  it("raise an alert for every measure with limits and an alert name without configured rules", () => {
    for (const { kind, example, entityKinds } of catalog.worlds.values()) {
      const result = parseConfig(stringify({ worlds: [example] }));
      const names = result.ok ? result.config.rules.map(({ name }) => name) : [];
      expect(new Set(names).size, kind).toBe(names.length);
      for (const { measures } of entityKinds) {
        for (const { alert, limits } of measures) {
          if (alert !== undefined && limits !== undefined) expect(names, kind).toContain(alert);
        }
      }
    }
  });

  it("suggest the closest model, source and rule", () => {
    const text = `services:
  - { name: a, base_latency: 10ms, model: longtial }
  - { name: b, source: htttp }
rules:
  - { kind: HIGH_LATENC }
`;
    const result = parseConfig(text);
    expect(result.ok ? [] : result.problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '2: services[0].model must be one of "normal", "longtail", not "longtial"; did you mean "longtail"?',
      '3: services[1].source is an unknown kind: "htttp"; did you mean "http"?',
      '5: rules[0].kind is an unknown kind: "HIGH_LATENC"; did you mean "HIGH_LATENCY"?',
    ]);
  });
});

/** The services that an example calls, which must exist too. */
function calledBy(example: Readonly<Record<string, unknown>>): string[] {
  const calls = Array.isArray(example.calls) ? (example.calls as { service: string }[]) : [];
  return calls.map(({ service }) => service);
}
