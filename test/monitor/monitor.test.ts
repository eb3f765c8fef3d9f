import { describe, expect, it } from "vitest";
import { CALM, configOf, startMonitor } from "./harness.ts";

const LATENCY = {
  type: "inject",
  entity: "back",
  kind: "latency",
  params: { latency: 800 },
  ttlMs: 20_000,
} as const;

describe("the monitor", () => {
  it("publishes one immutable snapshot per tick, the same object in between", () => {
    const { monitor, run } = startMonitor();
    let published = 0;
    monitor.subscribe(() => {
      published += 1;
    });
    run(2);
    expect(published).toBe(4);
    expect(monitor.snapshot().tick).toBe(4);
    expect(monitor.snapshot()).toBe(monitor.snapshot());
    const before = monitor.snapshot();
    const { at, tick } = before;
    run(1);
    expect(before).toMatchObject({ at, tick });
    expect(monitor.snapshot()).not.toBe(before);
  });

  it("reports unknown before the first observations", () => {
    const { monitor, entity } = startMonitor();
    expect(monitor.snapshot().health).toBe("unknown");
    expect(entity("front").health).toBe("unknown");
  });

  it("reports a fault from injection to recovery: spread, alert, end, recovery", () => {
    const { monitor, run, entity } = startMonitor();
    run(10);
    expect(monitor.snapshot().health).toBe("healthy");
    expect(monitor.dispatch(LATENCY)).toEqual({ done: true, text: "latency +800 ms on back, for 20s" });

    run(5);
    expect(entity("back").values.p99).toBeGreaterThan(500);
    expect(entity("front").values.p99).toBeGreaterThan(500);
    const firing = monitor.snapshot().alerts.filter(({ state }) => state === "firing");
    expect(firing.map(({ rule, entity: name }) => `${rule} ${name}`).sort()).toEqual([
      "HIGH_LATENCY back",
      "HIGH_LATENCY front",
    ]);
    const [running] = monitor.snapshot().faults;
    expect(running).toMatchObject({ endedAt: undefined, spreadTo: ["front"], recoveredAfterMs: undefined });
    expect(running!.detectedAfterMs).toBeLessThan(4_000);
    expect(running!.peak).toBeGreaterThan(running!.baseline + 700);

    run(30);
    const [ended] = monitor.snapshot().faults;
    expect(ended).toMatchObject({ endedBy: "time", endedAt: ended!.injectedAt + 20_000 });
    expect(ended!.recoveredAfterMs).toBeGreaterThan(0);
    expect(ended!.recoveredAfterMs).toBeLessThanOrEqual(12_000);
    expect(monitor.snapshot().health).toBe("healthy");
    expect(monitor.snapshot().alerts.every(({ state }) => state === "resolved")).toBe(true);
  });

  it("clears the faults of one entity or all, and refuses if there are none", () => {
    const { monitor, run } = startMonitor();
    run(2);
    expect(monitor.dispatch({ type: "clear", entity: "back" })).toEqual({
      done: false,
      text: "no fault is active on back",
    });
    monitor.dispatch(LATENCY);
    monitor.dispatch({ ...LATENCY, kind: "errors", params: {} });
    monitor.dispatch({ ...LATENCY, entity: "front" });
    expect(monitor.dispatch({ type: "clear", entity: "back" })).toEqual({
      done: true,
      text: "cleared 2 faults on back",
    });
    expect(monitor.snapshot().faults.filter(({ endedAt }) => endedAt === undefined)).toHaveLength(1);
    expect(monitor.dispatch({ type: "clear-all" }).done).toBe(true);
    expect(monitor.dispatch({ type: "clear-all" })).toEqual({
      done: false,
      text: "no fault is active anywhere",
    });
  });

  it("refuses an invalid fault with one sentence", () => {
    const { monitor } = startMonitor();
    expect(monitor.dispatch({ ...LATENCY, entity: "missing" }).text).toBe("unknown entity missing");
    expect(monitor.dispatch({ ...LATENCY, kind: "earthquake" }).done).toBe(false);
    expect(monitor.dispatch({ ...LATENCY, params: { latency: -1 } }).done).toBe(false);
    expect(monitor.dispatch({ ...LATENCY, ttlMs: 0 }).done).toBe(false);
    expect(monitor.snapshot().faults).toEqual([]);
  });

  it("reports a fault without effect: no alert, health unchanged", () => {
    const { monitor, run } = startMonitor();
    run(5);
    monitor.dispatch({ ...LATENCY, params: { latency: 100 }, ttlMs: 2_000 });
    run(10);
    expect(monitor.snapshot().faults[0]).toMatchObject({
      detectedBy: undefined,
      recoveredAfterMs: 0,
      spreadTo: [],
    });
  });

  it("shows a hang as down, by its checks and its oldest request, and sends a page", () => {
    const { monitor, run, entity } = startMonitor();
    run(5);
    monitor.dispatch({ type: "inject", entity: "back", kind: "hang", params: {}, ttlMs: 60_000 });
    for (let second = 0; second < 20; second += 1) {
      run(2);
      expect(entity("back").health).not.toBe("unknown");
    }
    expect(entity("back").health).toBe("down");
    expect(entity("back").values.oldest_request).toBeGreaterThan(5_000);
    expect(monitor.snapshot().alerts).toContainEqual(
      expect.objectContaining({ rule: "SERVICE_DOWN", entity: "back", severity: "page", state: "firing" }),
    );
  });

  it("keeps the history of entities that a new config keeps, and drops that of others", () => {
    const { monitor, run, entity, texts } = startMonitor();
    run(10);
    monitor.dispatch({ ...LATENCY, entity: "front" });
    monitor.reconfigure(
      configOf(
        "window: 5s\nservices: [{ name: back, base_latency: 40ms, rate: 10 }, { name: new, base_latency: 5ms }]",
      ),
    );
    expect(monitor.snapshot().entities.map(({ name }) => name)).toEqual(["back", "new"]);
    expect(entity("back").values.requests).toBeGreaterThan(30);
    expect(entity("new").health).toBe("unknown");
    expect(monitor.snapshot().faults.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    run(3);
    expect(entity("new").values.requests).toBeGreaterThan(0);
    expect(texts()).toContain("test.yaml was reloaded: 2 entities");
  });

  it("keeps the old config while the new one is invalid, and shows the problem until a valid one is applied", () => {
    const { monitor, run } = startMonitor();
    monitor.refuseConfig("test.yaml:3:1: services is missing");
    run(1);
    expect(monitor.snapshot().config.problem).toBe("test.yaml:3:1: services is missing");
    expect(monitor.snapshot().entities).toHaveLength(2);
    monitor.reconfigure(configOf("services: [{ name: back, base_latency: 40ms }]"));
    expect(monitor.snapshot().config.problem).toBeUndefined();
  });

  it("stops everything when it is stopped", () => {
    const { monitor, run } = startMonitor();
    run(1);
    monitor.stop();
    const { tick } = monitor.snapshot();
    run(5);
    expect(monitor.snapshot().tick).toBe(tick);
  });

  it("gives the same run for the same seed and another run for another seed", () => {
    const report = (seed: number) => {
      const { monitor, run } = startMonitor(`seed: ${seed}\nservices: [{ name: a, base_latency: 40ms }]`);
      run(20);
      return JSON.stringify(monitor.snapshot().entities.map(({ values }) => values));
    };
    expect(report(1)).toBe(report(1));
    expect(report(1)).not.toBe(report(2));
  });

  it("returns the state at any past instant: values, health, alerts, faults and events", () => {
    const { monitor, run } = startMonitor(`tick: 200ms${CALM}`);
    run(10);
    monitor.dispatch(LATENCY);
    run(8);
    const then = monitor.snapshot();
    run(60);
    expect(monitor.snapshot().health).toBe("healthy");
    // Rebuilt from the store and the transitions, minutes later; between two ticks it is the previous one.
    run(10 * 60);
    for (const at of [then.at, then.at + 199]) {
      const past = monitor.snapshotAt(at);
      const shown = ({ self: _, config: __, entities, ...rest }: typeof then) => ({
        ...rest,
        entities: entities.map(({ lastSeenAt: ___, ...entity }) => entity),
      });
      expect(shown(past)).toEqual(shown(then));
      expect(past.alerts.map(({ state }) => state)).toEqual(["firing", "firing"]);
      expect(past.faults[0]).toMatchObject({ endedAt: undefined, spreadTo: ["front"] });
    }
  });

  it("shows the current entities, also for instants before a config change", () => {
    const { monitor, run } = startMonitor();
    run(10);
    const { at } = monitor.snapshot();
    monitor.reconfigure(
      configOf("services: [{ name: front, base_latency: 20ms }, { name: new, base_latency: 5ms }]"),
    );
    run(5);
    const past = monitor.snapshotAt(at - 1000);
    expect(past.entities.map(({ name, health }) => [name, health])).toEqual([
      ["front", "healthy"],
      ["new", "unknown"],
    ]);
  });

  it("has no data before its start, and no future", () => {
    const { monitor, run } = startMonitor();
    run(5);
    expect(monitor.snapshotAt(0)).toMatchObject({
      at: monitor.snapshot().startedAt,
      alerts: [],
      health: "unknown",
    });
    expect(monitor.snapshotAt(monitor.snapshot().at + 1e9)).toBe(monitor.snapshot());
  });
});
