import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { startMonitor } from "./harness.ts";

/** More seeds for a sweep by hand. */
const SEEDS = Number(process.env.INCIDENT_SEEDS ?? 1);

/** The default fleet, without the service that fails now and then by itself. */
const FLEET = readFileSync("config/default.yaml", "utf8").replace(/^ +failures: .*\n/m, "");
const SERVICES = Array.from(FLEET.matchAll(/^ {2}- name: (\S+)/gm), ([, name]) => name!);

const KINDS = [...catalog.faults.values()]
  .filter(({ accepts }) => accepts.includes("service"))
  .map(({ kind }) => kind);

function start(seed: number) {
  const harness = startMonitor(FLEET.replace(/^seed: .*$/m, `seed: ${seed}`));
  harness.run(30 + seed);
  return harness;
}

describe("a fault in the default fleet", () => {
  it.each(SERVICES)("on %s is one incident, whatever kind it is", (entity) => {
    let seen = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      for (const kind of KINDS) {
        const { monitor, run } = start(seed);
        const { done } = monitor.dispatch({ type: "inject", entity, kind, params: {}, ttlMs: 40_000 });
        if (done) {
          run(180);
          const { incidents, alerts, faults } = monitor.snapshot();
          const [incident] = incidents;
          if (alerts.some(({ firedAt }) => firedAt !== undefined)) {
            seen += 1;
            expect(incidents, kind).toHaveLength(1);
            expect(incident!.fault, kind).toMatchObject({ entity, id: faults[0]!.id });
            expect(incident!.state, kind).toBe("resolved");
          }
        }
        monitor.stop();
      }
    }
    expect(seen).toBeGreaterThan(3 * SEEDS);
  });
});

describe("payment-service down", () => {
  it("folds the alerts of its caller, is there as it was at any past instant, and can be written down", () => {
    const { monitor, run, clock } = start(1);
    monitor.dispatch({
      type: "inject",
      entity: "payment-service",
      kind: "outage",
      params: {},
      ttlMs: 60_000,
    });
    const injectedAt = clock.now();
    run(10);
    const during = monitor.snapshot();
    const [incident] = during.incidents;
    expect(incident).toMatchObject({ title: "payment-service down", state: "open", startedAt: injectedAt });
    const suppressed = during.alerts.filter(({ suppressedBy }) => suppressedBy === incident!.id);
    expect(suppressed.map(({ entity }) => entity)).toEqual(["api-gateway"]);
    expect(incident!.suppressed).toBe(suppressed.length);
    run(170);
    const [over] = monitor.snapshot().incidents;
    expect(over).toMatchObject({ state: "resolved", endedBy: "recovery" });
    const said = over!.timeline.map(({ text }) => text);
    expect(said[0]).toBe("outage was injected on payment-service");
    expect(said).toContain("outage on payment-service ended: expired");
    expect(said.at(-1)).toMatch(/^resolved after 1m/);
    expect(monitor.snapshotAt(during.at).incidents).toEqual(during.incidents);

    const { history } = monitor;
    const now = clock.now();
    const statistics = history.incidentStatistics(now);
    expect(statistics).toMatchObject({ count: 1, open: 0, firing: 0 });
    expect(statistics.mttdMs).toBe(over!.detectedAt - injectedAt);
    expect(statistics.mttrMs).toBe(over!.resolvedAt! - over!.detectedAt);
    expect(statistics.mttaMs).toBeNaN();
    expect([...statistics.byEntity.keys()]).toEqual(["payment-service"]);
    expect(statistics.hours.filter(({ count }) => count > 0)).toHaveLength(1);
    expect(history.incidentStatistics(during.at)).toMatchObject({ count: 1, open: 1 });

    const summary = history.incidentSummary(over!.id, now)!;
    expect(summary).toMatch(/^# Incident 1: payment-service down\n/);
    expect(summary).toContain("outage, injected on payment-service by operator");
    const [, failed, all] = /payment-service: ([\d,]+) of ([\d,]+) requests failed/.exec(summary)!;
    const asked = over!.resolvedAt! - injectedAt;
    const value = (measure: string) =>
      Math.round(history.value("payment-service", measure, asked, over!.resolvedAt!));
    expect([failed, all].map((text) => Number(text!.replaceAll(",", "")))).toEqual([
      value("errors"),
      value("requests"),
    ]);
    expect(history.incidentSummary(99, now)).toBeUndefined();
    monitor.stop();
  });
});
