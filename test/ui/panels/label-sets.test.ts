import { describe, expect, it } from "vitest";
import { service } from "../../../src/kinds/service.ts";
import { labelSets } from "../../../src/ui/panels/label-sets.ts";
import { urgencyOf } from "../../../src/ui/tables/label-urgency.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession } from "../harness.ts";
import { viewOf as fullViewOf, rolesOf, textsOf, titleOf, widestRow, withKind } from "./painting.ts";

const SIZE = { width: 78, height: 12 };

/** The tests below use only these columns, independent of further columns of a service. */
const COLUMNS = ["request_rate", "error_rate", "p50", "p95", "p99", "availability", "cpu", "memory"];

function viewOf(...of: Parameters<typeof fullViewOf>): View {
  const columns = service.columns.filter(({ measure }) => COLUMNS.includes(measure));
  return withKind(fullViewOf(...of), { ...service, columns });
}

const config = (rest: string) => `
window: 5s
services:
  - { name: shop, base_latency: 40ms, deviation: 0.1, rate: 200, ${rest} }
  - { name: plain, base_latency: 40ms }
`;
const ENDPOINTS = `endpoints: [
    { name: /cart, share: 6 }, { name: /pay, share: 3, latency: 4 },
    { name: /export, share: 1, latency: 30 }, { name: /vote, share: 1, error_rate: 0.5 } ]`;

function started(rest: string, seconds = 20, unicode = true) {
  const harness = startSession({ config: config(rest), unicode });
  harness.run(seconds);
  return harness;
}

const texts = (harness: ReturnType<typeof started>, size = SIZE) =>
  textsOf(labelSets, viewOf(harness, 0), size);
const firstWords = (rows: readonly string[]) => rows.map((row) => row.trim().split(/ +/)[0]);

describe("requests by label", () => {
  it("have a row for each set: its labels, rate, errors and percentiles", () => {
    const [heading, ...rows] = texts(started(ENDPOINTS));
    expect(heading).toMatch(/^endpoint +req\/s +err% +p50 +p95 +p99 ms +avail%/);
    const numbers = (endpoint: string) =>
      rows
        .find((row) => row.startsWith(endpoint))!
        .trim()
        .split(/ +/)
        .slice(1)
        .map((text) => Number(text.replace(/[~,]/g, "")));
    const [rate, errors, p50, , p99, available] = numbers("/pay");
    expect(available).toBe(100);
    expect(rate).toBeGreaterThan(40);
    expect(rate).toBeLessThan(70);
    expect(errors).toBe(0);
    expect(p50! / 160).toBeCloseTo(1, 1);
    expect(p99).toBeGreaterThan(p50!);
    expect(numbers("/vote")[1]).toBeGreaterThan(30);
  });

  it("are sorted by urgency: over a limit, then the slowest, then as first seen", () => {
    const harness = started(ENDPOINTS);
    // /export is over 1,000 ms and /vote over 10 % of errors; /cart is as fast as /vote and was seen first.
    expect(firstWords(texts(harness))).toEqual(["endpoint", "/export", "/vote", "/pay", "/cart"]);
  });

  it("do not swap while nothing changes", () => {
    const harness = started("endpoints: [{ name: /a }, { name: /b }, { name: /c }], instances: 2");
    const orders = Array.from({ length: 30 }, () => {
      harness.run(1);
      return texts(harness)
        .map((row) => row.slice(0, 18))
        .join();
    });
    expect(new Set(orders).size).toBe(1);
  });

  it("have the colours of the limits they cross; values of few requests are dim", () => {
    const harness = started(ENDPOINTS);
    const view = viewOf(harness, 0);
    const roles = (endpoint: string) =>
      rolesOf(labelSets, view, SIZE, firstWords(textsOf(labelSets, view, SIZE)).indexOf(endpoint));
    expect(roles("/export")[5]).toBe("critical");
    expect(roles("/vote")[2]).toBe("critical");
    expect(roles("/cart").slice(0, 4)).toEqual(["text", "text", "text", "text"]);
    const quiet = started("endpoints: [{ name: /a, share: 99 }, { name: /seldom }]");
    const rows = textsOf(labelSets, viewOf(quiet, 0), SIZE);
    const seldom = firstWords(rows).indexOf("/seldom");
    expect(rows[seldom]).toMatch(/ ~\d+ +100\.0( |$)/);
    expect(rolesOf(labelSets, viewOf(quiet, 0), SIZE, seldom)[5]).toBe("dim");
  });

  it("abbreviate the common prefix of instances if space is short, and drop the median before that", () => {
    const harness = startSession({
      config: `services: [{ name: payment-service, base_latency: 9ms, instances: 2,
        endpoints: [{ name: /charge }, { name: /refund }] }]`,
    });
    harness.run(5);
    const at = (width: number) => texts(harness, { width, height: 6 }).map((row) => row.trimEnd());
    const headings = (width: number) => at(width)[0]!.trim().split(/ +/);
    expect(headings(78)).toEqual([
      "endpoint",
      "instance",
      "req/s",
      "err%",
      "p50",
      "p95",
      "p99",
      "ms",
      "avail%",
    ]);
    expect(at(78)[1]).toMatch(/^\/charge {3}payment-service-[12] /);
    // With one column less the labels shrink; then the median is dropped, then availability and the rest.
    expect(at(76)[1]).toMatch(/^\/charge {3}payment-service-[12] /);
    expect(at(75)[1]).toMatch(/^\/charge {3}…[12] /);
    expect(headings(64)).not.toContain("p50");
    expect(headings(50)).toEqual(["endpoint", "instance", "req/s", "err%", "p99", "ms"]);
    expect(headings(28)).toEqual(["endpoint", "instance", "err%"]);
  });

  it("show how many do not fit", () => {
    const rows = texts(started("instances: 12"), { width: 50, height: 6 });
    expect(rows).toHaveLength(6);
    expect(rows.at(-1)!.trim()).toBe("and 8 more");
    expect(texts(started("instances: 5"), { width: 50, height: 6 }).join()).not.toContain("more");
  });

  it("show dashes for a set without requests in the window", () => {
    const harness = started(`${ENDPOINTS}, backlog: 1000000`);
    harness.monitor.dispatch({ type: "inject", entity: "shop", kind: "hang", params: {}, ttlMs: 60_000 });
    harness.run(20);
    for (const row of texts(harness).slice(1)) expect(row.trim()).toMatch(/^\/\w+( +–){6}$/);
  });

  it("show a past instant as it was shown then", () => {
    const harness = started(ENDPOINTS, 30);
    const then = harness.clock.now();
    harness.run(2);
    const shown = () => textsOf(labelSets, viewOf(harness, 0, then), SIZE);
    const before = shown();
    harness.monitor.dispatch({
      type: "inject",
      entity: "shop",
      kind: "latency",
      params: { latency: 800 },
      ttlMs: 60_000,
    });
    harness.run(20);
    expect(texts(harness)).not.toEqual(before);
    expect(shown()).toEqual(before);
  });

  it("show a message if there are none", () => {
    const harness = started(ENDPOINTS);
    harness.press("j");
    expect(texts(harness).join(" ")).toBe("no labels: plain reports none");
    expect(titleOf(labelSets, viewOf(harness, 0))).toBe("plain by label, last 5s");
    const unselected = { ...viewOf(harness, 0), selected: undefined };
    expect(textsOf(labelSets, unselected, SIZE).join(" ")).toContain("nothing is selected");
  });

  it("stay inside their size, and have ASCII replacements", () => {
    const harness = started("endpoints: [{ name: /charge }, { name: /refund }], instances: 20", 5, false);
    for (const size of [SIZE, { width: 46, height: 14 }, { width: 20, height: 4 }, { width: 1, height: 1 }]) {
      const view = viewOf(harness, 0);
      expect(textsOf(labelSets, view, size).length).toBeLessThanOrEqual(size.height);
      expect(widestRow(labelSets, view, size)).toBeLessThanOrEqual(size.width);
      expect(textsOf(labelSets, view, size).join("")).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});

describe("urgency", () => {
  const set = (p99: number, errorRate = 0, requests = 100) =>
    urgencyOf(service, {
      values: {
        p99: requests === 0 ? Number.NaN : p99,
        error_rate: requests === 0 ? Number.NaN : errorRate,
        request_rate: requests / 5,
        requests,
        errors: errorRate * requests,
      },
      limits: { p99: { degraded: 500, critical: 1000 }, error_rate: { degraded: 0.05, critical: 0.1 } },
    });

  it("puts sets over a limit before slower ones, and sets without values last", () => {
    const rising = [
      set(0, 0, 0),
      set(0.5),
      set(40),
      set(400),
      set(600),
      set(40, 0.2),
      set(1100),
      set(5e6, 0.2),
    ];
    expect(rising.toSorted((a, b) => a - b)).toEqual(rising);
    expect(new Set(rising).size).toBe(rising.length);
  });

  it("is equal for similar latencies", () => {
    expect(set(300)).toBe(set(450));
    expect(set(200)).toBeLessThan(set(300));
  });
});
