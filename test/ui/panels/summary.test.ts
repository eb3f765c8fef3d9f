import { describe, expect, it } from "vitest";
import { self } from "../../../src/ui/panels/self.ts";
import { summary } from "../../../src/ui/panels/summary.ts";
import { startSession } from "../rig.ts";
import { textsOf, viewOf } from "./painting.ts";

const started = (seconds = 20) => {
  const rig = startSession();
  rig.run(seconds);
  return rig;
};
const labelsOf = (rows: readonly string[]) =>
  rows.flatMap((row) =>
    [
      ...row.matchAll(
        /(?:^| )(requests|rate|errors|error rate|p\d[\d.]*|mean|slowest|within [\d.]+ m?s|available|cpu|memory) {2}/g,
      ),
    ].map(([, label]) => label!),
  );

describe("the numbers of a service", () => {
  it("have p90 and p99.9 beside the others, in order, weak where they rest on few requests", () => {
    const rig = started();
    const { stats } = rig.session.view().selected!;
    const rows = textsOf(summary, viewOf(rig, 0), { width: 30, height: 30 });
    const values = ["p50", "p90", "p95", "p99", "p99.9"].map((name) => {
      const [, weak, value] = new RegExp(`^${name} +(~?)([\\d,.]+) ms`).exec(
        rows.find((row) => row.startsWith(`${name} `))!,
      )!;
      return [name, weak, Number(value)] as const;
    });
    expect(stats.requestCount).toBeGreaterThan(100);
    expect(stats.requestCount).toBeLessThan(1000);
    expect(values.map(([, weak]) => weak)).toEqual(["", "", "", "", "~"]);
    const numbers = values.map(([, , value]) => value);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.at(-1)).toBe(Math.round(stats.p999));
  });

  it("tell which share of the requests kept within the service's own limit", () => {
    const rig = started();
    const row = (view = viewOf(rig, 0)) =>
      textsOf(summary, view, { width: 30, height: 30 }).find((text) => text.startsWith("within"));
    expect(row()).toMatch(/^within 500 ms +100\.0 %/);
    const view = viewOf(rig, 0);
    const p50 = view.selected!.stats.p50;
    const strict = { ...view.selected!, thresholds: { ...view.selected!.thresholds, p99_degraded: p50 } };
    const share = Number(/([\d.]+) %/.exec(row({ ...view, selected: strict })!)![1]);
    expect(share).toBeGreaterThan(40);
    expect(share).toBeLessThan(60);
    const slow = { ...strict, thresholds: { ...strict.thresholds, p99_degraded: 1500 } };
    expect(row({ ...view, selected: slow })).toMatch(/^within 1\.5 s/);
  });

  it("have what was counted, as a rate", () => {
    const rig = startSession({
      config: `window: 5s
services:
  - { name: front, base_latency: 20ms, rate: 20, error_rate: 0, calls: [{ service: back, timeout: 30ms, retries: 1 }] }
  - { name: back, base_latency: 60ms, deviation: 0, rate: 1, spikes: { factor: 1 }, capacity: 1000 }`,
    });
    rig.run(20);
    const rows = textsOf(summary, viewOf(rig, 0), { width: 30, height: 40 });
    const rate = (name: string) =>
      Number(new RegExp(`${name} +([\\d.]+) /s`).exec(rows.find((row) => row.startsWith(name))!)![1]);
    // Every request times out twice and is tried again once.
    expect(rate("retries")).toBeGreaterThan(15);
    expect(rate("timeouts") / rate("retries")).toBeCloseTo(2, 1);
  });

  it("are dashes of a service without requests", () => {
    const rows = textsOf(summary, viewOf(started(0), 0), { width: 30, height: 30 });
    for (const name of ["p90", "p99.9", "within 500 ms"])
      expect(rows.find((row) => row.startsWith(name))).toMatch(/–/);
  });

  it("leave out what matters least where they do not fit, and the blank before any", () => {
    const view = viewOf(started(), 0);
    const all = labelsOf(textsOf(summary, view, { width: 76, height: 12 }));
    expect(all).toHaveLength(15);
    // Without what was counted, which matters least, the columns are others.
    expect(labelsOf(textsOf(summary, view, { width: 76, height: 6 })).toSorted()).toEqual(all.toSorted());
    const few = labelsOf(textsOf(summary, view, { width: 40, height: 8 }));
    expect(few).toHaveLength(7);
    for (const label of ["p99", "error rate", "available", "rate", "p50"]) expect(few).toContain(label);
  });
});

describe("the monitor about itself", () => {
  const withSelf = (change: object) => {
    const view = viewOf(started(), 0);
    return { ...view, snapshot: { ...view.snapshot, self: { ...view.snapshot.self, ...change } } };
  };

  it("tells what kind of observation is rejected", () => {
    const rows = textsOf(self, withSelf({ rejected: 3 }), { width: 116, height: 40 });
    expect(rows.find((row) => row.startsWith("observations rejected"))).toMatch(
      / 3 not a number, negative, infinite, over a day, or from a clock that ran back$/,
    );
  });

  it("tells how many label sets it keeps, how many requests found no room, and which for example", () => {
    const view = withSelf({
      labelSets: 42,
      labelSetsDropped: 1234,
      droppedLabels: ['shop{endpoint="/a"}', 'shop{endpoint="/b"}'],
    });
    const rows = textsOf(self, view, { width: 116, height: 40 });
    expect(rows.find((row) => row.startsWith("label sets"))).toContain(" 42 ");
    const place = rows.findIndex((row) => row.startsWith("labels dropped"));
    expect(`${rows[place]} ${rows[place + 1]!.trim()}`).toMatch(
      / 1,234 requests; no room for their labels, such as shop\{endpoint="\/a"\}, shop\{endpoint="\/b"\}$/,
    );
  });

  it("shows all of it at 80x24", () => {
    const rows = textsOf(self, withSelf({}), { width: 76, height: 20 });
    expect(rows.at(-1)).toMatch(/^terminal/);
  });
});
