import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { levelOf } from "../../../src/core/limits.ts";
import { taskQueue } from "../../../src/worlds/task-queue/index.ts";
import { startTaskQueue } from "./harness.ts";

/** The options of the task queue in a config that ships with the program. */
function optionsIn(file: string) {
  const { worlds } = parse(readFileSync(new URL(`../../../config/${file}`, import.meta.url), "utf8"));
  return worlds.find(({ world }: { world: string }) => world === taskQueue.kind).options;
}

const kindOf = new Map(taskQueue.entityKinds.map((kind) => [kind.kind, kind]));

describe("mixed.yaml", () => {
  it("has a rule for every alert of the task queue, since its list replaces the default rules", () => {
    const { rules } = parse(readFileSync(new URL("../../../config/mixed.yaml", import.meta.url), "utf8"));
    const measures = taskQueue.entityKinds.flatMap((kind) => kind.measures.filter(({ alert }) => alert));
    const checked = rules.map(({ measure }: { measure?: string }) => measure);
    expect(measures.map(({ id }) => id).filter((id) => !checked.includes(id))).toEqual([]);
  });
});

describe.each(["task-queue.yaml", "mixed.yaml"])("%s", (file) => {
  it("is valid", () => {
    const options = taskQueue.schema.parse(optionsIn(file));
    expect(taskQueue.problems!(options)).toEqual([]);
  });

  it("is stable: no level crosses its limit for long, with any seed", () => {
    for (const seed of [1, 2, 3]) {
      const started = startTaskQueue(optionsIn(file), { seed, keepTimes: false });
      const entities = taskQueue.entities(taskQueue.schema.parse(optionsIn(file)), "w");
      const streak = new Map<string, number>();
      for (let elapsed = 0; elapsed < 1_800_000; elapsed += 500) {
        started.run(500);
        // This test does not include the services that publish to it.
        if (file === "mixed.yaml") {
          for (let i = 0; i < 14; i += 1)
            started.world.receive("receipt-tasks", started.clock.now() + i * 35);
        }
        for (const { name, kind } of entities) {
          for (const measure of kindOf.get(kind)!.measures) {
            const { read, limits, sustained = 1 } = measure;
            if (limits === undefined || read.type !== "statistic" || read.stat !== "last") continue;
            const key = `${name} ${measure.id}`;
            const value = started.record(name).gauge(read.metric);
            const crossed = levelOf(measure, value, limits) !== undefined;
            streak.set(key, crossed ? (streak.get(key) ?? 0) + 1 : 0);
            if (streak.get(key)! >= sustained) throw new Error(`${key} = ${value} after ${elapsed} ms`);
          }
        }
      }
      for (const { name, kind } of entities) {
        if (kind !== "queue") continue;
        expect(started.record(name).count("lost")).toBe(0);
        expect(started.record(name).count("duplicates")).toBe(0);
        expect(started.record(name).count("redelivered")).toBe(0);
        expect(started.record(name).gauge("fairness")).toBeGreaterThan(0.8);
      }
    }
  });
});
