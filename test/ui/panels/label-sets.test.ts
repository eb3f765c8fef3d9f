import { describe, expect, it } from "vitest";
import type { ServiceSnapshot } from "../../../src/monitor/types.ts";
import { labelSets } from "../../../src/ui/panels/label-sets.ts";
import { urgencyOf } from "../../../src/ui/tables/label-urgency.ts";
import { startSession } from "../rig.ts";
import { rolesOf, textsOf, viewOf, widestRow } from "./painting.ts";

const SIZE = { width: 78, height: 12 };

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
  const rig = startSession({ config: config(rest), unicode });
  rig.run(seconds);
  return rig;
}

const texts = (rig: ReturnType<typeof started>, size = SIZE) => textsOf(labelSets, viewOf(rig, 0), size);
const firstWords = (rows: readonly string[]) => rows.map((row) => row.trim().split(/ +/)[0]);

describe("requests by label", () => {
  it("have a row for each set: its labels, rate, errors and percentiles", () => {
    const [heading, ...rows] = texts(started(ENDPOINTS));
    expect(heading).toMatch(/^endpoint +req\/s +err% +p50 +p99 ms/);
    const numbers = (endpoint: string) =>
      rows
        .find((row) => row.startsWith(endpoint))!
        .trim()
        .split(/ +/)
        .slice(1)
        .map((text) => Number(text.replace(/[~,]/g, "")));
    const [rate, errors, p50, p99] = numbers("/pay");
    expect(rate).toBeGreaterThan(40);
    expect(rate).toBeLessThan(70);
    expect(errors).toBe(0);
    expect(p50! / 160).toBeCloseTo(1, 1);
    expect(p99).toBeGreaterThan(p50!);
    expect(numbers("/vote")[1]).toBeGreaterThan(30);
  });

  it("stand in the order of what asks for attention: over a limit, then the slowest, then as first seen", () => {
    const rig = started(ENDPOINTS);
    // /export is over 1,000 ms and /vote over 10 % of errors; /cart is as quick as /vote, and stands first.
    expect(firstWords(texts(rig))).toEqual(["endpoint", "/export", "/vote", "/pay", "/cart"]);
  });

  it("do not change places while nothing happens", () => {
    const rig = started("endpoints: [{ name: /a }, { name: /b }, { name: /c }], instances: 2");
    const orders = Array.from({ length: 30 }, () => {
      rig.run(1);
      return texts(rig)
        .map((row) => row.slice(0, 18))
        .join();
    });
    expect(new Set(orders).size).toBe(1);
  });

  it("take the colours of the limits they crossed; what rests on few requests is dim", () => {
    const rig = started(ENDPOINTS);
    const view = viewOf(rig, 0);
    const roles = (endpoint: string) =>
      rolesOf(labelSets, view, SIZE, firstWords(textsOf(labelSets, view, SIZE)).indexOf(endpoint));
    expect(roles("/export").at(-1)).toBe("critical");
    expect(roles("/vote")[2]).toBe("critical");
    expect(roles("/cart").slice(0, 4)).toEqual(["text", "text", "text", "text"]);
    const quiet = started("endpoints: [{ name: /a, share: 99 }, { name: /seldom }]");
    const seldom = textsOf(labelSets, viewOf(quiet, 0), SIZE).find((row) => row.startsWith("/seldom"))!;
    expect(seldom.trim()).toMatch(/ ~\d+$/);
    expect(rolesOf(labelSets, viewOf(quiet, 0), SIZE, 2).at(-1)).toBe("dim");
  });

  it("leave out what all instances begin with where room is short, and the median before that", () => {
    const rig = startSession({
      config: `services: [{ name: payment-service, base_latency: 9ms, instances: 2,
        endpoints: [{ name: /charge }, { name: /refund }] }]`,
    });
    rig.run(5);
    const at = (width: number) => texts(rig, { width, height: 6 }).map((row) => row.trimEnd());
    expect(at(78)[1]).toMatch(/^\/charge {3}payment-service-1 /);
    expect(at(59)[0]).toMatch(/^endpoint {2}instance +req\/s +err% +p50 +p99 ms$/);
    expect(at(59)[1]).toMatch(/^\/charge {3}payment-service-1 /);
    expect(at(58)[1]).toMatch(/^\/charge {3}…1 /);
    expect(at(46)[0]).toMatch(/^endpoint {2}instance +req\/s +err% +p99 ms$/);
    expect(at(28)[0]).toMatch(/^endpoint {2}instance +p99 ms$/);
  });

  it("say how many do not fit", () => {
    const rows = texts(started("instances: 12"), { width: 50, height: 6 });
    expect(rows).toHaveLength(6);
    expect(rows.at(-1)!.trim()).toBe("and 8 more");
    expect(texts(started("instances: 5"), { width: 50, height: 6 }).join()).not.toContain("more");
  });

  it("show dashes where a set has had no request in the window", () => {
    const rig = started(ENDPOINTS);
    rig.monitor.dispatch({ type: "inject", service: "shop", kind: "hang", intensity: 1, ttlMs: 60_000 });
    rig.run(20);
    for (const row of texts(rig).slice(1)) expect(row.trim()).toMatch(/^\/\w+ +– +– +– +–$/);
  });

  it("speak of a past instant as they did then", () => {
    const rig = started(ENDPOINTS, 30);
    const then = rig.clock.now();
    rig.run(2);
    const shown = () => textsOf(labelSets, viewOf(rig, 0, then), SIZE);
    const before = shown();
    rig.monitor.dispatch({ type: "inject", service: "shop", kind: "latency", intensity: 800, ttlMs: 60_000 });
    rig.run(20);
    expect(texts(rig)).not.toEqual(before);
    expect(shown()).toEqual(before);
  });

  it("say what would be there when there are none", () => {
    const rig = started(ENDPOINTS);
    rig.press("j");
    expect(texts(rig).join(" ")).toBe(
      "no labels: requests of this service are not told apart by endpoint, region or instance",
    );
    expect(labelSets.title(viewOf(rig, 0))).toBe("plain by label, last 5s");
    const nobody = { ...viewOf(rig, 0), selected: undefined };
    expect(textsOf(labelSets, nobody, SIZE).join(" ")).toContain("would be here");
  });

  it("stay inside their size, and have an ASCII twin", () => {
    const rig = started("endpoints: [{ name: /charge }, { name: /refund }], instances: 20", 5, false);
    for (const size of [SIZE, { width: 46, height: 14 }, { width: 20, height: 4 }, { width: 1, height: 1 }]) {
      const view = viewOf(rig, 0);
      expect(textsOf(labelSets, view, size).length).toBeLessThanOrEqual(size.height);
      expect(widestRow(labelSets, view, size)).toBeLessThanOrEqual(size.width);
      expect(textsOf(labelSets, view, size).join("")).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});

describe("urgency", () => {
  const set = (p99: number, errorRate = 0, requestCount = 100) => {
    const thresholds = {
      p99_degraded: 500,
      p99_critical: 1000,
      error_rate_degraded: 0.05,
      error_rate_critical: 0.1,
    };
    return urgencyOf({ stats: { p99, errorRate, requestCount }, thresholds } as ServiceSnapshot);
  };

  it("puts what crossed a limit before what is only slower, and silence last", () => {
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

  it("is the same for what is nearly as slow", () => {
    expect(set(300)).toBe(set(450));
    expect(set(200)).toBeLessThan(set(300));
  });
});
