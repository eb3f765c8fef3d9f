import { describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import type { KindEntry } from "../../src/cli/describe/entries.ts";
import { GROUPS } from "../../src/cli/describe/groups.ts";
import { latencyModels } from "../../src/worlds/services/models/index.ts";
import { faultline } from "./fake.ts";

const { worlds, sources, entities, faults, actions, rules, templates, channels } = catalog;
const registries: Readonly<Record<string, Iterable<{ readonly kind: string }>>> = {
  worlds: worlds.values(),
  sources: sources.values(),
  entities: entities.values(),
  faults: faults.values(),
  actions: actions.values(),
  // After the kinds, the keys that all have.
  rules: [...rules.values(), { kind: "(all rules)" }],
  templates: templates.values(),
  channels: channels.values(),
  models: Object.values(latencyModels),
};
const registered = Object.entries(registries).flatMap(([group, kinds]) =>
  [...kinds].map(({ kind }) => ({ group, kind })),
);

const describeKinds = async (...argv: string[]): Promise<KindEntry[]> =>
  JSON.parse((await faultline(["describe", "--json", ...argv])).stdout);

describe("describe", () => {
  it("lists everything in the registries", async () => {
    const listed = (await describeKinds()).map(({ group, kind }) => ({ group, kind }));
    expect(listed.slice(0, registered.length)).toEqual(registered);
    const rest = listed.slice(registered.length);
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.map(({ group }) => group)).toEqual(rest.map(() => "store"));
  });

  it.each(registered)("finds $kind by its name", async ({ group, kind }) => {
    expect((await describeKinds(kind)).map((each) => `${each.group}/${each.kind}`)).toContain(
      `${group}/${kind}`,
    );
  });

  it.each(GROUPS)("lists the registry %s alone", async (group) => {
    const found = await describeKinds(group);
    const inGroup = (await describeKinds()).filter((each) => each.group === group);
    expect(found.filter((each) => each.group === group)).toEqual(inGroup);
  });

  it("lists the metrics and measures of an entity kind, with their default limits", async () => {
    for (const kind of entities.values()) {
      const entry = (await describeKinds(kind.kind)).find(({ group }) => group === "entities");
      expect(entry?.metrics?.map(({ name }) => name)).toEqual(kind.metrics.map(({ name }) => name));
      expect(entry?.measures?.map(({ id, limits }) => [id, limits])).toEqual(
        kind.measures.map(({ id, limits }) => [id, limits]),
      );
    }
    const { stdout } = await faultline(["describe", "service"]);
    expect(stdout).toMatch(/^ {6}p99 +ms, degraded 500ms, critical 1s, alert HIGH_LATENCY: /m);
  });

  it("lists the parameters of a fault and the kinds that it accepts", async () => {
    for (const fault of faults.values()) {
      const entry = (await describeKinds(fault.kind)).find(({ group }) => group === "faults");
      expect(entry?.options.map(({ name }) => name)).toEqual([...Object.keys(fault.params), "ttl"]);
      expect(entry?.entities).toEqual(fault.accepts);
    }
    const { stdout } = await faultline(["describe", "jitter"]);
    expect(stdout).toMatch(/^ {2}jitter \(key .\)\n[\s\S]*^ {4}Accepts: service$/m);
  });

  it("is readable at 80 columns and has a description for every option", async () => {
    const { stdout, exitCode } = await faultline(["describe"]);
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const { stdout: json } = await faultline(["describe", "--json"]);
    const kinds = JSON.parse(json) as { kind: string; options: { name: string; description: string }[] }[];
    const undescribed = kinds.flatMap(({ kind, options }) =>
      options.filter((option) => option.description === "").map((option) => `${kind}.${option.name}`),
    );
    expect(undescribed).toEqual([]);
  });

  it("describes one kind, ignoring case", async () => {
    const { stdout } = await faultline(["describe", "high_latency"]);
    expect(stdout).toMatch(/^RULES\n\n {2}HIGH_LATENCY\n/);
    expect(stdout).toMatch(/^ {4}min_requests +whole number 1\.\.1000000, default 5: [a-z]/m);
    expect(stdout).not.toContain("HIGH_CPU");
  });

  it("follows options into maps and lists", async () => {
    const { stdout } = await faultline(["describe", "simulated", "--json"]);
    const [kind] = JSON.parse(stdout) as { options: { name: string; type: string; required: boolean }[] }[];
    const options = new Map(kind!.options.map((option) => [option.name, option]));
    expect(options.get("calls[].service")).toMatchObject({ type: "text", required: true });
    expect(options.get("spikes.every")).toMatchObject({ type: "duration", required: false });
    expect(options.get("base_latency")).toMatchObject({ type: "duration", required: true });
    expect(options.get("model")?.type).toContain(" | ");
  });

  it("shows the retention and the limits of the store", async () => {
    const { stdout, exitCode } = await faultline(["describe", "store"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/slots of 1s\n +Kept for 15m:/);
    expect(stdout).toMatch(/slots of 10s\n +Kept for 4h:/);
    expect(stdout).toMatch(/slots of 1m\n +Kept for 2d:/);
    expect(stdout).toMatch(/memory\n +At most 256 MiB for distributions, 512 MiB for counts and 128 MiB/);
    expect(stdout).toMatch(/label sets\n[\s\S]+up to 200 per\s+entity, 2,000 in total/);
  });
});
