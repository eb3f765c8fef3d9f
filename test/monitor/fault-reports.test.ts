import { describe, expect, it } from "vitest";
import { FaultReports, type OpenedFault } from "../../src/monitor/fault-reports.ts";
import { anAlert } from "../alerts/alerts.ts";

const START = 1_000_000;

const alert = (entity: string, startedAt: number, measure = "p99") =>
  anAlert({ rule: "HIGH", entity, startedAt, measure });

function opened(id: number, changes: Partial<OpenedFault> = {}, entity = "back"): OpenedFault {
  return {
    fault: { id, entity, kind: "latency", params: {}, startedAt: START, endsAt: START + 60_000 },
    label: "latency +800 ms",
    by: "operator",
    measure: { id: "p99", worse: "up" },
    moves: ["p99"],
    affected: ["front"],
    windowMs: 15_000,
    ...changes,
  };
}

const calm = () => ({ health: "healthy" as const, value: () => 40 });

function follow(...faults: OpenedFault[]) {
  const reports = new FaultReports(() => {});
  for (const fault of faults) reports.opened(fault, calm);
  return { reports, card: (id: number) => reports.list().find((card) => card.id === id)! };
}

describe("the first alert of a fault", () => {
  it("is one on its entity or on a dependent", () => {
    const { reports, card } = follow(opened(1));
    reports.fired(alert("front", START + 2_000), START + 3_000);
    reports.fired(alert("back", START + 3_500), START + 4_000);
    expect(card(1)).toMatchObject({
      detectedAfterMs: 3_000,
      detectedBy: { rule: "HIGH", entity: "front" },
    });
  });

  it("is not one of an unrelated entity, nor of a breach that started before the fault", () => {
    const { reports, card } = follow(opened(1));
    reports.fired(alert("elsewhere", START + 2_000), START + 2_000);
    reports.fired(alert("back", START - 5_000), START + 500);
    expect(card(1)).toMatchObject({ detectedAfterMs: undefined, detectedBy: undefined });
  });
});

describe("several faults at once", () => {
  const latency = opened(1);
  const cpu = opened(2, { measure: { id: "cpu", worse: "up" }, moves: ["cpu", "p99"] });

  it("an alert is attributed to the one that affects its measure most directly, in either order", () => {
    for (const order of [
      [latency, cpu],
      [cpu, latency],
    ]) {
      const { reports, card } = follow(...order);
      reports.fired(alert("back", START + 1_000), START + 2_000);
      expect(card(1).detectedBy).toBeDefined();
      expect(card(2).detectedBy).toBeUndefined();
      reports.fired(alert("back", START + 1_500, "cpu"), START + 3_000);
      expect(card(2)).toMatchObject({ detectedAfterMs: 3_000 });
    }
  });

  it("an alert is attributed to one fault only", () => {
    const { reports, card } = follow(latency, opened(3));
    reports.fired(alert("back", START + 1_000), START + 2_000);
    expect([card(1), card(3)].filter(({ detectedBy }) => detectedBy !== undefined)).toHaveLength(1);
  });

  it("a fault on the alert's entity takes precedence over one on a dependency", () => {
    const { reports, card } = follow(opened(1), opened(4, { affected: [] }, "front"));
    reports.fired(alert("front", START + 1_000), START + 2_000);
    expect(card(4).detectedBy).toBeDefined();
    expect(card(1).detectedBy).toBeUndefined();
  });

  it("each reports the worst value of its own measure", () => {
    const { reports, card } = follow(latency, cpu);
    const values: Record<string, number[]> = { p99: [40, 900, 500], cpu: [20, 22, 21] };
    for (let tick = 0; tick < 3; tick++) {
      const condition = { health: "healthy" as const, value: (id: string) => values[id]![tick]! };
      reports.observe(START + tick * 500, () => condition);
    }
    expect([card(1).peak, card(2).peak]).toEqual([900, 40]);
  });
});

it("the peak of a measure that is worse when it falls is its lowest value", () => {
  const { reports, card } = follow(
    opened(1, { measure: { id: "availability", worse: "down" }, moves: ["availability"] }),
  );
  for (const value of [99, Number.NaN, 12, 80]) {
    reports.observe(START + 1000, () => ({ health: "down", value: () => value }));
  }
  expect(card(1)).toMatchObject({ baseline: 40, peak: 12 });
});

it("the peak of a measure without a worse direction ignores values after the end", () => {
  const { reports, card } = follow(
    opened(1, { measure: { id: "request_rate", worse: "none" }, moves: ["request_rate"] }),
  );
  const observe = (value: number, at: number) =>
    reports.observe(START + at, () => ({ health: "degraded", value: () => value }));
  observe(0, 1_000);
  reports.ended({ ...opened(1).fault }, START + 2_000, "time");
  observe(400, 3_000);
  expect(card(1)).toMatchObject({ baseline: 40, peak: 0 });
});
