import { describe, expect, it } from "vitest";
import { ruleKinds } from "../../src/alerts/rules/index.ts";
import { faultKinds } from "../../src/faults/index.ts";
import { latencyModels } from "../../src/sim/models/index.ts";
import { sourceKinds } from "../../src/sources/index.ts";
import { faultline } from "./fake.ts";

const registries = { sources: sourceKinds, models: latencyModels, faults: faultKinds, rules: ruleKinds };

describe("describe", () => {
  it("leaves out nothing that is in a registry", async () => {
    const { stdout } = await faultline(["describe", "--json"]);
    const told = (JSON.parse(stdout) as { group: string; kind: string }[]).map(
      ({ group, kind }) => `${group}/${kind}`,
    );
    const registered = Object.entries(registries).flatMap(([group, kinds]) =>
      Object.values(kinds).map(({ kind }) => `${group}/${kind}`),
    );
    expect(told.slice(0, registered.length)).toEqual(registered);
    expect(told.slice(registered.length)).toEqual([
      "store/slots of 1s",
      "store/slots of 10s",
      "store/slots of 1m",
      "store/memory",
      "store/percentiles",
      "store/gauges and counters",
      "store/label sets",
    ]);
  });

  it("is readable at 80 columns and has a description for every option", async () => {
    const { stdout, exitCode } = await faultline(["describe"]);
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const { stdout: json } = await faultline(["describe", "--json"]);
    const kinds = JSON.parse(json) as { kind: string; options: { name: string; description: string }[] }[];
    const silent = kinds.flatMap(({ kind, options }) =>
      options.filter((option) => option.description === "").map((option) => `${kind}.${option.name}`),
    );
    expect(silent).toEqual([]);
  });

  it("tells one kind, in any case of letters", async () => {
    const { stdout } = await faultline(["describe", "high_latency"]);
    expect(stdout).toMatch(/^RULES\n\n {2}HIGH_LATENCY\n/);
    expect(stdout).toMatch(/^ {4}warning +duration, default 500ms: p99 above this is a warning$/m);
    expect(stdout).not.toContain("HIGH_CPU");
  });

  it("tells one registry", async () => {
    const { stdout } = await faultline(["describe", "models", "--json"]);
    expect((JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind)).toEqual(
      Object.values(latencyModels).map(({ kind }) => kind),
    );
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

  it("tells how much of the past the store keeps, and what bounds it", async () => {
    const { stdout, exitCode } = await faultline(["describe", "store"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/slots of 1s\n +Kept for 15m:/);
    expect(stdout).toMatch(/slots of 10s\n +Kept for 4h:/);
    expect(stdout).toMatch(/slots of 1m\n +Kept for 2d:/);
    expect(stdout).toMatch(/memory\n +At most 256 MiB for distributions, 512 MiB for counts and 128 MiB/);
    expect(stdout).toMatch(/label sets\n[\s\S]+up to 200 a service, 2,000 in all/);
  });
});
