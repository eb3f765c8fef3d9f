import { describe, expect, it } from "vitest";
import { service } from "../../../src/kinds/service.ts";
import { self } from "../../../src/ui/panels/self.ts";
import { summary } from "../../../src/ui/panels/summary.ts";
import { startSession } from "../harness.ts";
import { textsOf, viewOf, withKind } from "./painting.ts";

const CONFIG = (thresholds: string) =>
  `services: [{ name: back, base_latency: 40ms, rate: 50, error_rate: 0, thresholds: { ${thresholds} } }]`;

const started = (seconds = 20) => {
  const harness = startSession();
  harness.run(seconds);
  return harness;
};
const labelsOf = (rows: readonly string[]) =>
  rows.flatMap((row) =>
    [
      ...row.matchAll(
        /(?:^| )(requests|errors|error rate|p\d[\d.]*|mean|slowest|within [\d.]+ m?s|availability|cpu|memory) {2}/g,
      ),
    ].map(([, label]) => label!),
  );

/** The measures that are counted below, independent of further measures of a service. */
const MEASURES =
  "availability error_rate p99 request_rate p50 cpu memory p95 requests within errors max_latency mean_latency " +
  "p99.9 p90 retries timeouts restarts";

describe("the numbers of a service", () => {
  it("include p90 and p99.9 in order, weak for few requests", () => {
    const harness = started();
    const { values: current } = harness.session.view().selected!;
    const rows = textsOf(summary, viewOf(harness, 0), { width: 30, height: 30 });
    const values = ["p50", "p90", "p95", "p99", "p99.9"].map((name) => {
      const [, weak, value] = new RegExp(`^${name} +(~?)([\\d,.]+) ms`).exec(
        rows.find((row) => row.startsWith(`${name} `))!,
      )!;
      return [name, weak, Number(value)] as const;
    });
    expect(current.requests).toBeGreaterThan(100);
    expect(current.requests).toBeLessThan(1000);
    expect(values.map(([, weak]) => weak)).toEqual(["", "", "", "", "~"]);
    const numbers = values.map(([, , value]) => value);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.at(-1)).toBe(Math.round(current["p99.9"]!));
  });

  it("include the share of requests within the limit of the service", () => {
    const harness = started();
    const row = (view = viewOf(harness, 0)) =>
      textsOf(summary, view, { width: 30, height: 30 }).find((text) => text.startsWith("within"));
    expect(row()).toMatch(/^within 500 ms +100\.0 %/);
    const strict = startSession({ config: CONFIG("p99_degraded: 40ms") });
    strict.run(20);
    const share = Number(/^within 40 ms +([\d.]+) %/.exec(row(viewOf(strict, 0))!)![1]);
    expect(share).toBeGreaterThan(40);
    expect(share).toBeLessThan(60);
    const slow = startSession({ config: CONFIG("p99_degraded: 1500ms, p99_critical: 2s") });
    expect(row(viewOf(slow, 0))).toMatch(/^within 1\.5 s/);
  });

  it("include counters as rates", () => {
    const harness = startSession({
      config: `window: 5s
services:
  - { name: front, base_latency: 20ms, rate: 20, error_rate: 0, calls: [{ service: back, timeout: 30ms, retries: 1 }] }
  - { name: back, base_latency: 60ms, deviation: 0, rate: 1, spikes: { factor: 1 }, capacity: 1000 }`,
    });
    harness.run(20);
    const rows = textsOf(summary, viewOf(harness, 0), { width: 30, height: 40 });
    const rate = (name: string) =>
      Number(new RegExp(`${name} +([\\d.]+) /s`).exec(rows.find((row) => row.startsWith(name))!)![1]);
    // Every request times out twice and is retried once.
    expect(rate("retries")).toBeGreaterThan(15);
    expect(rate("timeouts") / rate("retries")).toBeCloseTo(2, 1);
  });

  it("are dashes for a service without requests", () => {
    const rows = textsOf(summary, viewOf(started(0), 0), { width: 30, height: 30 });
    for (const name of ["p90", "p99.9", "within 500 ms"])
      expect(rows.find((row) => row.startsWith(name))).toMatch(/–/);
  });

  it("drop the least important ones if they do not fit, and the blank row before any", () => {
    const measures = service.measures.filter(({ id }) => MEASURES.split(" ").includes(id));
    const view = withKind(viewOf(started(), 0), { ...service, measures });
    const all = labelsOf(textsOf(summary, view, { width: 76, height: 12 }));
    expect(all).toHaveLength(15);
    // Two counters and p90 are the least important.
    const most = textsOf(summary, view, { width: 76, height: 6 });
    expect(labelsOf(most).toSorted()).toEqual(all.filter((label) => label !== "p90").toSorted());
    expect(most.at(-1)).toMatch(/ and 3 more$/);
    const narrow = textsOf(summary, view, { width: 40, height: 8 });
    const few = labelsOf(narrow);
    expect(few).toHaveLength(6);
    expect(narrow.at(-1)).toBe("and 11 more");
    for (const label of ["p99", "error rate", "availability", "p50"]) expect(few).toContain(label);
  });
});

describe("the state of the monitor itself", () => {
  const withSelf = (change: object) => {
    const view = viewOf(started(), 0);
    return { ...view, snapshot: { ...view.snapshot, self: { ...view.snapshot.self, ...change } } };
  };

  it("explains which observations are rejected", () => {
    const rows = textsOf(self, withSelf({ rejected: 3 }), { width: 116, height: 40 });
    expect(rows.find((row) => row.startsWith("observations rejected"))).toMatch(
      / 3 not a number, outside the range of their metric, or with an invalid time$/,
    );
  });

  it("counts label sets and observations whose labels were dropped, with examples", () => {
    const view = withSelf({
      labelSets: 42,
      labelSetsDropped: 1234,
      droppedLabels: ['shop{endpoint="/a"}', 'shop{endpoint="/b"}'],
    });
    const rows = textsOf(self, view, { width: 116, height: 40 });
    expect(rows.find((row) => row.startsWith("label sets"))).toContain(" 42 ");
    const place = rows.findIndex((row) => row.startsWith("labels dropped"));
    expect(`${rows[place]} ${rows[place + 1]!.trim()}`).toMatch(
      / 1,234 observations; label set limit reached, such as shop\{endpoint="\/a"\}, shop\{endpoint="\/b"\}$/,
    );
  });

  it("is complete at 80x24", () => {
    const rows = textsOf(self, withSelf({}), { width: 76, height: 20 });
    expect(rows.at(-1)).toMatch(/^terminal/);
  });
});
