import { describe, expect, it } from "vitest";
import { createCatalog } from "../../src/catalog/catalog.ts";
import { catalog as everything } from "../../src/catalog/index.ts";
import { createConfigParser } from "../../src/config/parse.ts";
import type { EntityKind } from "../../src/core/entity.ts";
import type { Metric } from "../../src/core/metric.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createMonitor, createParts } from "../../src/monitor/monitor.ts";
import type { SourceKind } from "../../src/sources/types.ts";
import { CALM, configOf, startMonitor } from "./harness.ts";

/** The full catalog with changes to the source `host`. */
function catalogWith(changes: Partial<SourceKind>) {
  const sources = [...everything.sources.values()].map((source) =>
    source.kind === "host" ? { ...source, ...changes } : source,
  );
  return createCatalog(
    sources,
    [...everything.worlds.values()],
    [...everything.rules.values()],
    everything.defaultSource,
  );
}

const CONFIG = `
services:
  - { name: here, source: host }
  - { name: calm, base_latency: 10ms, rate: 50 }
`;

function startWith(changes: Partial<SourceKind>) {
  const clock = createVirtualClock();
  const catalog = catalogWith(changes);
  const parsed = createConfigParser(catalog)(CONFIG);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { config } = parsed;
  const monitor = createMonitor({ config, configName: "c", clock, live: true }, createParts(catalog));
  monitor.start();
  const entity = (name: string) => monitor.snapshot().entities.find((each) => each.name === name)!;
  const run = async (seconds: number) => {
    for (let tick = 0; tick < seconds * 2; tick++) {
      clock.runUntil(clock.now() + 500);
      await Promise.resolve();
    }
  };
  return { monitor, run, entity };
}

describe("a source that fails", () => {
  it("when opened makes its entities unknown, and the others continue", async () => {
    const { run, entity } = startWith({
      open: () => {
        throw new Error("no such device");
      },
    });
    await run(3);
    expect(entity("here")).toMatchObject({ health: "unknown", problem: "its source failed: no such device" });
    expect(entity("calm").health).toBe("healthy");
  });

  it("in a timer or its promise is reported for its entities and does not affect others", async () => {
    for (const fails of [
      () => {
        throw new Error("out of range");
      },
      async () => {
        throw new Error("out of range");
      },
    ]) {
      const { run, entity } = startWith({
        open: (_watched, { clock }) => ({ stop: clock.every(1_000, fails as () => void) }),
      });
      await run(4);
      expect(entity("here").problem).toBe("its source failed: out of range");
      expect(entity("calm").health).toBe("healthy");
    }
  });

  it("when stopped does not prevent others from being stopped", async () => {
    const { monitor, run, entity } = startWith({
      open: () => ({
        stop: () => {
          throw new Error("stuck");
        },
      }),
    });
    await run(1);
    monitor.stop();
    const { lastSeenAt } = entity("calm");
    await run(5);
    expect(entity("calm").lastSeenAt).toBe(lastSeenAt);
  });

  it("without update is reopened if and only if its own entities change", () => {
    let opened = 0;
    const { monitor } = startWith({
      open: () => {
        opened += 1;
        return { stop: () => {} };
      },
    });
    monitor.reconfigure(configOf(CONFIG.replace("rate: 50", "rate: 60")));
    expect(opened).toBe(1);
    monitor.reconfigure(configOf(CONFIG.replace("source: host", "source: host, interval: 2s")));
    expect(opened).toBe(2);
  });
});

describe("a listener that throws", () => {
  it("is removed with a line in the event log; the tick and other listeners continue", () => {
    const { monitor, run, texts } = startMonitor();
    let [bad, good] = [0, 0];
    monitor.subscribe(() => {
      bad += 1;
      throw new Error("no more room");
    });
    monitor.subscribe(() => {
      good += 1;
    });
    run(5);
    expect([bad, good]).toEqual([1, 10]);
    expect(monitor.snapshot().tick).toBe(10);
    expect(texts().filter((text) => text.includes("no more room"))).toHaveLength(1);
  });
});

describe("an entity with counters only", () => {
  const jobs = {
    name: "jobs",
    type: "counter",
    unit: "count",
    description: "jobs done",
  } as const satisfies Metric;
  const worker: EntityKind = {
    kind: "worker",
    title: "workers",
    description: "does jobs",
    metrics: [jobs],
    measures: [
      {
        id: "jobs",
        title: "jobs",
        unit: "per_second",
        description: "jobs per second",
        worse: "none",
        read: { type: "statistic", metric: "jobs", stat: "rate" },
      },
    ],
    columns: [{ measure: "jobs", heading: "jobs/s", width: 6, priority: 0 }],
    headline: "jobs",
    bars: ["jobs"],
    compared: ["jobs"],
  };

  it("is healthy and never paged", async () => {
    const { monitor, run, entity } = startWith({
      entityKind: worker,
      open: (watched, { clock }) => {
        const counter = watched[0]!.recorder.counter(jobs);
        return { stop: clock.every(700, () => counter.add(clock.now(), 2)) };
      },
    });
    await run(20);
    expect(entity("here")).toMatchObject({ kind: "worker", health: "healthy" });
    expect(entity("here").values.jobs).toBeCloseTo(2 / 0.7, 0);
    expect(monitor.snapshot().alerts).toEqual([]);
  });
});

it("a config with stable services raises no alert", () => {
  const { monitor, run } = startMonitor(CALM);
  run(120);
  expect(monitor.snapshot().alerts).toEqual([]);
});
