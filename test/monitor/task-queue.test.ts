import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Params } from "../../src/core/params.ts";
import { startMonitor } from "./harness.ts";

const read = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), "utf8");

function start(name: string) {
  const harness = startMonitor(read(name));
  const inject = (entity: string, kind: string, ttlMs = 60_000, params: Params = {}) =>
    harness.monitor.dispatch({ type: "inject", entity, kind, params, ttlMs });
  const act = (entity: string, action: string, params: Params = {}) =>
    harness.monitor.dispatch({ type: "act", entity, action, params });
  return { ...harness, inject, act };
}

describe("a task queue in the monitor", () => {
  it("shows what a fault of a consumer does to its queue, and credits the fault with the alert", () => {
    const { monitor, run, inject } = start("task-queue.yaml");
    run(30);
    for (let nth = 1; nth <= 3; nth++)
      inject(`order-workers-${nth}`, "slow-consumer", 60_000, { factor: 20 });
    run(50);
    const firing = monitor.snapshot().alerts.filter(({ state }) => state === "firing");
    expect(firing.map(({ entity }) => entity)).toContain("order-tasks");
    expect(monitor.snapshot().faults.some(({ spreadTo }) => spreadTo.includes("order-tasks"))).toBe(true);
    expect(monitor.snapshot().faults.some(({ detectedBy }) => detectedBy !== undefined)).toBe(true);
    // Everything that is affected recovers.
    run(600);
    expect(monitor.snapshot().health).toBe("healthy");
  });

  it("carries out actions, and reports them as events", () => {
    const { monitor, run, act, entity, texts } = start("task-queue.yaml");
    run(20);
    const before = entity("order-tasks").values.publish_rate!;
    expect(act("order-tasks", "publish").done).toBe(true);
    run(5);
    expect(entity("order-tasks").values.publish_rate!).toBeGreaterThan(before);
    expect(texts().some((text) => text.startsWith("order-tasks: "))).toBe(true);
    expect(act("order-producer", "replay-dead-letters").done).toBe(false);
    expect(act("order-tasks", "no-such-action").done).toBe(false);
    expect(monitor.snapshot().events.some(({ kind }) => kind === "action")).toBe(true);
  });

  it("adds consumers that are scaled up as entities, and keeps the others as they run", () => {
    const { monitor, run, act, entity } = start("task-queue.yaml");
    run(20);
    const count = () => monitor.snapshot().entities.filter(({ kind }) => kind === "consumer").length;
    const [before, generation] = [count(), monitor.history.generation("order-workers-1")];
    const scaled = act("order-tasks", "scale-consumers", { consumers: 5 });
    expect(scaled).toMatchObject({ done: true });
    run(20);
    expect(count()).toBe(before + 2);
    expect(entity("order-workers-5")).toMatchObject({ health: "healthy", kind: "consumer" });
    expect(monitor.history.generation("order-workers-1")).toBe(generation);
    act("order-tasks", "scale-consumers", { consumers: 3 });
    run(20);
    expect(count()).toBe(before);
  });
});

describe("services and a queue in one config", () => {
  it("a broker that is down fails the service that publishes to it, and its callers", () => {
    const { monitor, run, inject, entity } = start("mixed.yaml");
    run(30);
    expect(entity("receipt-tasks").values.publish_rate).toBeGreaterThan(10);
    inject("receipt-tasks", "broker-down", 30_000);
    run(20);
    expect(entity("payment-service").health).toBe("critical");
    expect(entity("payment-service").failures[0]?.reason).toContain("receipt-tasks");
    expect(monitor.snapshot().faults[0]?.spreadTo).toContain("payment-service");
    run(120);
    expect(entity("payment-service").health).toBe("healthy");
    expect(entity("receipt-tasks").health).toBe("healthy");
  });
});
