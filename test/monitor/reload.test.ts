import { describe, expect, it } from "vitest";
import { CALM, configOf, startMonitor } from "./harness.ts";

const fault = (entity: string, kind = "latency") =>
  ({ type: "inject", entity, kind, params: {}, ttlMs: 60_000 }) as const;

const numbersOf = (harness: ReturnType<typeof startMonitor>) =>
  JSON.stringify(harness.monitor.snapshot().entities.map(({ values }) => values));

describe("an edit of the config", () => {
  it("that changes a label, a limit or another entity does not affect a simulated service", () => {
    const [edited, untouched] = [startMonitor(), startMonitor()];
    for (const { run, monitor } of [edited, untouched]) {
      run(7.3);
      monitor.dispatch(fault("back", "traffic"));
      run(6.1);
    }
    edited.monitor.reconfigure(
      configOf(
        CALM.replace("name: back,", "name: back, labels: { team: blue }, thresholds: { p99_critical: 3s },"),
      ),
    );
    for (const { run } of [edited, untouched]) run(20);
    expect(numbersOf(edited)).toBe(numbersOf(untouched));
    expect(edited.entity("back").labels).toEqual({ team: "blue" });
  });

  it("of one service does not affect an unrelated one", () => {
    const text = (ms: number) => `
services:
  - { name: alone, base_latency: 20ms, rate: 40 }
  - { name: edited, base_latency: ${ms}ms, rate: 40 }`;
    const [edited, untouched] = [startMonitor(text(50)), startMonitor(text(50))];
    for (const { run } of [edited, untouched]) run(9.7);
    edited.monitor.reconfigure(configOf(text(250)));
    for (const { run } of [edited, untouched]) run(30);
    const [after, expected] = [edited.entity("alone").values, untouched.entity("alone").values];
    for (const id of ["cpu", "memory", "max_latency", "p95"]) expect(after[id]).toBe(expected[id]);
    // The slot of a request at a slot boundary depends on other recordings.
    expect(Math.abs(after.requests! - expected.requests!)).toBeLessThan(10);
    expect(edited.entity("edited").values.p50).toBeGreaterThan(200);
  });

  it("of the seed is applied: the run continues with other random numbers", () => {
    const [edited, untouched] = [startMonitor(), startMonitor()];
    for (const { run } of [edited, untouched]) run(5);
    edited.monitor.reconfigure(configOf(`seed: 99\n${CALM}`));
    for (const { run } of [edited, untouched]) run(20);
    expect(numbersOf(edited)).not.toBe(numbersOf(untouched));
  });

  it("that moves a name to another source restarts it: no faults, no verdicts, no page", () => {
    const { monitor, run, entity } = startMonitor();
    run(70);
    monitor.dispatch(fault("back"));
    run(2);
    monitor.reconfigure(
      configOf(
        CALM.replace(/- \{ name: back.*\}/, '- { name: back, source: http, url: "http://localhost:1/" }'),
      ),
    );
    expect(entity("back")).toMatchObject({ health: "unknown", origin: "http" });
    expect(monitor.snapshot().faults[0]).toMatchObject({ entity: "back", endedBy: "operator" });
    expect(monitor.dispatch(fault("back")).done).toBe(false);
    run(1);
    expect(
      monitor.snapshot().alerts.filter((alert) => alert.entity === "back" && alert.state === "firing"),
    ).toEqual([]);
    const { at } = monitor.snapshot();
    expect(monitor.history.healths("back", at - 60_000, at - 10_000, 5)).toEqual(Array(5).fill("unknown"));
  });

  it("that removes an entity and adds it again starts without its old state", () => {
    const { monitor, run, entity } = startMonitor();
    run(20);
    const generation = monitor.history.generation("back");
    const alone = configOf("window: 5s\nservices: [{ name: front, base_latency: 20ms, rate: 40 }]");
    monitor.reconfigure(alone);
    run(3);
    monitor.reconfigure(configOf(CALM));
    run(2);
    expect(monitor.history.generation("back")).not.toBe(generation);
    expect(entity("back").values.requests).toBeLessThan(110);
    const { at } = monitor.snapshot();
    const query = { from: at - 20_000, to: at - 6_000, points: 8, windowMs: 2_000 };
    expect([...monitor.history.series("back", "p99", query)]).toEqual(Array(8).fill(Number.NaN));
  });
});
