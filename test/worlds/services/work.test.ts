import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SimOptionsInput, simOptionsSchema } from "../../../src/worlds/services/options.ts";
import { workProblems } from "../../../src/worlds/services/work.ts";

type Fleet = Record<string, Partial<SimOptionsInput>>;

function problemsOf(fleet: Fleet): string[] {
  const services = Object.entries(fleet).map(([name, options]) => ({
    name,
    options: simOptionsSchema().parse({ base_latency: 1, ...options }),
  }));
  return workProblems(services).map(
    ({ index, path, message }) => `${services[index]!.name}.${path.join(".")}: ${message}`,
  );
}

/** `count` services, each of which calls all later ones. */
function fan(count: number, call: object = {}): Fleet {
  const names = Array.from({ length: count }, (_, index) => `s${index}`);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      { rate: 1, calls: names.slice(index + 1).map((service) => ({ service, ...call })) },
    ]),
  );
}

/** A chain of services, each of which calls the next. */
function chain(length: number, call: object, last: Partial<SimOptionsInput> = {}): Fleet {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `s${index}`,
      index === length - 1 ? last : { rate: 1, calls: [{ service: `s${index + 1}`, ...call }] },
    ]),
  );
}

describe("the expected work of one request", () => {
  it("is bounded, and the worst service is named", () => {
    // 2^19 paths lead from the first to the last.
    expect(problemsOf(fan(20))).toEqual([
      "s0.calls: one request to s0 causes 524,288 requests on average, with all that is called in turn (at most 1,000); lower probability or retries, or remove calls",
    ]);
    expect(problemsOf(fan(60))[0]).toContain("more than 1,000,000,000 requests");
  });

  it("is small for fans of few services, for rare calls and for long chains", () => {
    expect(problemsOf(fan(10))).toEqual([]);
    expect(problemsOf(fan(20, { probability: 0.1 }))).toEqual([]);
    expect(problemsOf(chain(50, { retries: 5 }))).toEqual([]);
    expect(problemsOf(chain(5000, {}))).toEqual([
      expect.stringContaining("one request to s0 causes 5,000 requests"),
    ]);
  });

  it("includes the retries of calls that fail", () => {
    // Each of ten callers tries six times: the last service gets 6^10 requests.
    expect(problemsOf(chain(11, { retries: 5 }, { error_rate: 1 }))[0]).toContain("72,559,411 requests");
    expect(problemsOf(chain(11, { retries: 5 }, { error_rate: 0.01 }))).toEqual([]);
  });

  it("leaves out what is not simulated here, and calls that close a cycle", () => {
    expect(problemsOf({ a: { calls: [{ service: "elsewhere" }, { service: "a" }] } })).toEqual([]);
    const circle = { a: { calls: [{ service: "b" }] }, b: { calls: [{ service: "a" }] } };
    expect(problemsOf(circle)).toEqual([]);
  });

  it("is what counting every path gives, for any fleet without cycles and failures", () => {
    const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 45,
      maxLength: 45,
    });
    fc.assert(
      fc.property(probabilities, fc.integer({ min: 2, max: 10 }), (drawn, count) => {
        let next = 0;
        const calls = Array.from({ length: count }, (_, from) =>
          Array.from({ length: count - from - 1 }, (__, step) => ({
            to: from + step + 1,
            probability: drawn[next++]!,
          })),
        );
        const paths = (from: number): number =>
          calls[from]!.reduce((sum, { to, probability }) => sum + probability * paths(to), 1);
        const fleet = Object.fromEntries(
          calls.map((own, from) => [
            `s${from}`,
            {
              // So that the count of one step shows the count of one request.
              rate: from === 0 ? 1000 : 0,
              interval: 3_600_000,
              calls: own.map(({ to, probability }) => ({ service: `s${to}`, probability })),
            },
          ]),
        );
        const shown = problemsOf(fleet).find((problem) => problem.includes("one step of s0"));
        const expected = paths(0) * 1000 * 3600;
        const counted = Number(
          /simulates (?:more than )?([\d,]+)/.exec(shown ?? "")![1]!.replaceAll(",", ""),
        );
        expect(Math.abs(counted - Math.min(expected, 1e9))).toBeLessThan(1);
      }),
    );
  });
});

describe("one step", () => {
  it("does not simulate too many requests", () => {
    expect(problemsOf({ a: { rate: 100_000, interval: "1s" } })).toEqual([]);
    expect(problemsOf({ a: { rate: 20, interval: "1h" } })).toEqual([]);
    expect(problemsOf({ a: { rate: 1000, interval: "1h" } })).toEqual([
      "a.interval: one step of a simulates 3,600,000 requests on average, with all that is called in turn (at most 200,000); lower interval or rate",
    ]);
  });

  it("leaves no more requests in progress than fit into memory", () => {
    expect(problemsOf({ a: { rate: 100_000, base_latency: "5s" } })).toEqual([]);
    expect(problemsOf({ a: { rate: 100_000, base_latency: "1h" } })).toEqual([
      "a.base_latency: up to 360,000,000 requests of a wait at the same time (at most 1,000,000); lower base_latency, rate, or the timeout of its calls",
    ]);
    const slowCall = { a: { rate: 10_000, calls: [{ service: "b", timeout: "1h" }] }, b: {} };
    expect(problemsOf(slowCall)[0]).toContain("up to 72,000,010 requests of a wait");
  });

  it("is no more than a machine can do, all services together", () => {
    const fleet = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, nth) => [`s${nth}`, { rate: 100_000, interval: "10ms" }]),
      );
    expect(problemsOf(fleet(10))).toEqual([]);
    expect(problemsOf(fleet(11))).toEqual([
      "s0.rate: all services together simulate 1,100,000 requests a second (at most 1,000,000); lower the rate of s0 first",
    ]);
  });

  it("has metrics for a bounded number of endpoints at instances", () => {
    const endpoints = Array.from({ length: 50 }, (_, index) => ({ name: `/${index}` }));
    const fleet = Object.fromEntries(
      Array.from({ length: 21 }, (_, index) => [`s${index}`, { instances: 100, endpoints }]),
    );
    expect(problemsOf(fleet)).toEqual([
      "s0.instances: the instances and endpoints of all services make 105,000 pairs (at most 100,000); lower those of s0 first",
    ]);
  });
});
