import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { configJsonSchema, parseConfig } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { sourceKinds } from "../../src/sources/index.ts";

const folder = new URL("../../config/", import.meta.url);
const read = (name: string) => readFile(new URL(name, folder), "utf8");
const examples = (await readdir(folder)).filter((name) => name.endsWith(".yaml"));

describe("the configs that come with the program", () => {
  it.each(examples)("%s is right, and names its schema for editors", async (name) => {
    expect(await loadConfig(new URL(name, folder).pathname)).toMatchObject({ ok: true });
    expect((await read(name)).split("\n")[0]).toBe("# yaml-language-server: $schema=./schema.json");
  });

  it("has a schema file that is up to date; if not, run npm run schema", async () => {
    expect(JSON.parse(await read("schema.json"))).toEqual(configJsonSchema());
  });

  it("has the same services in both fleets, and no calls in the walkthrough", async () => {
    const [calm, stressed] = await Promise.all(
      ["default.yaml", "walkthrough.yaml"].map(async (name) => {
        const result = parseConfig(await read(name));
        return result.ok ? result.config.services : [];
      }),
    );
    expect(stressed?.map((service) => service.name)).toEqual(calm?.map((service) => service.name));
    for (const service of stressed ?? []) expect(service.options).toMatchObject({ calls: [] });
  });
});

describe("the real registries", () => {
  it.each(Object.values(sourceKinds))("take the example of $kind", ({ example }) => {
    const services = [example, ...calledBy(example).map((name) => ({ name, base_latency: "10ms" }))];
    expect(parseConfig(stringify({ services }))).toMatchObject({ ok: true });
  });

  it("make one rule of each kind when none is written", () => {
    const result = parseConfig("services: [{ name: a, base_latency: 10ms }]");
    const kinds = result.ok ? result.config.rules.map((rule) => rule.kind) : [];
    expect(kinds).toEqual(["HIGH_CPU", "HIGH_ERROR_RATE", "HIGH_LATENCY", "SERVICE_DOWN"]);
  });

  it("let nobody guess at an unknown model, source or rule", () => {
    const text = `services:
  - { name: a, base_latency: 10ms, model: longtial }
  - { name: b, source: htttp }
rules:
  - { kind: HIGH_LATENC }
`;
    const result = parseConfig(text);
    expect(result.ok ? [] : result.problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '2: services[0].model must be one of "normal", "longtail", not "longtial"; did you mean "longtail"?',
      '3: services[1].source must be a kind that is known, not "htttp"; did you mean "http"?',
      '5: rules[0].kind must be a kind that is known, not "HIGH_LATENC"; did you mean "HIGH_LATENCY"?',
    ]);
  });
});

/** The services that an example calls: they must be there too. */
function calledBy(example: Readonly<Record<string, unknown>>): string[] {
  const calls = Array.isArray(example.calls) ? (example.calls as { service: string }[]) : [];
  return calls.map(({ service }) => service);
}
