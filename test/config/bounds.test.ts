import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { list } from "../../src/core/list.ts";
import { parseConfig, problemsOf } from "./harness.ts";

const DEEP = "the config is nested too deeply; write it flatter";
const PARTS = "the config has more than 300,000 keys and values; make it smaller";

describe("a config out of bounds is refused before it is built", () => {
  it.each([
    ["half a million commas", `services: [${"~,".repeat(500_000)}]`, /^1:400\d\d\d: /, PARTS],
    ["a quarter of a million lines", "x: 1\n".repeat(209_000), /^120001:1: /, PARTS],
    ["a hundred thousand brackets", "[".repeat(100_000), /^1:33: /, DEEP],
    ["quotes", `services: ${'"'.repeat(620_000)}`, /^1:6000\d\d: /, PARTS],
    [
      "aliases of a word",
      `x: &x 1\nservices: [${"*x,".repeat(10_001)}]`,
      /^2:30012: /,
      "the config has more than 10,000 aliases (*name); write the values out",
    ],
    ["nested maps", `services: ${"{a: ".repeat(3000)}1${"}".repeat(3000)}`, /^1:1\d\d: /, DEEP],
    ["dashes in dashes", `services:\n  ${"- ".repeat(200_000)}`, /^2:67: /, DEEP],
    [
      "indentation",
      Array.from({ length: 100 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      /^\d+:\d+: /,
      DEEP,
    ],
    [
      "a map of many keys",
      `services: [{ name: a, labels: {${Array.from({ length: 1001 }, (_, i) => `k${i}: v`).join()}} }]`,
      /^1:\d+: /,
      "this map has 1,001 keys; a map can have at most 1,000",
    ],
    [
      "an alias inside its anchor",
      "services: [&a { name: a, extra: *a }]",
      /^1:33: /,
      "an alias (*name) must not stand inside its own anchor; write the value out",
    ],
    [
      "aliases of a long list",
      `a: &a [${"x,".repeat(9000)}]\nb: [${"*a,".repeat(60)}]`,
      /^2:\d+: /,
      "the config has more than 300,000 values with its aliases (*name) written out; use fewer aliases",
    ],
  ])("%s", (_, text, place, message) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(place);
    expect(problems[0]!.replace(/^\d+:\d+: /, "")).toBe(message);
  });
});

describe("the number of problems", () => {
  const entries = (count: number, entry: string) => `services: [${Array(count).fill(entry).join(",")}]`;
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");

  it.each([
    ["empty entries", entries(2_000, "~")],
    ["entries with several problems", entries(1_000, "{ x: 1, rate: a }")],
    ["lists of bad entries in many entries", entries(30, `{ name: a, calls: [${"~,".repeat(500)}] }`)],
    ["duplicate keys", `services: [{ name: a }]\n${lines(5_000, () => "x: 1")}`],
    ["syntax errors", lines(5_000, () => "a: b: c")],
    ["unknown keys", `services: [{ name: a }]\n${lines(900, (i) => `k${i}: 1`)}`],
    ["names used twice", entries(1_000, "{ name: a }")],
    ["unknown calls", `services:\n${lines(900, (i) => `- { name: a${i}, calls: [{ service: b${i} }] }`)}`],
    [
      "unknown entities in rules",
      `services: [{ name: a }]\nrules:\n- { kind: LATENCY, entities: [${Array.from({ length: 900 }, (_, i) => `b${i}`)}] }`,
    ],
    [
      "unknown targets in a world",
      `worlds:\n- world: factory\n  options:\n    workers:\n${lines(900, (i) => `    - { name: w${i}, takes_from: x }`)}`,
    ],
    ["limits in the wrong order", entries(900, "{ name: a, thresholds: { p99_critical: 1 } }")],
    ["cycles", `services:\n${lines(900, (i) => `- { name: a${i}, calls: [{ service: a${i} }] }`)}`],
  ])("is bounded for %s", (_, text) => {
    const result = parseConfig(text);
    if (result.ok) throw new Error("it was accepted");
    expect(result.problems.length).toBe(100);
    const { line, column } = result.omitted!;
    const last = result.problems.at(-1)!;
    expect(result.omitted!.count).toBeGreaterThan(0);
    expect(line * 1e7 + column).toBeGreaterThanOrEqual(last.line * 1e7 + last.column);
  });

  it("is exact where everything was checked", () => {
    const result = parseConfig(`services: [{ name: a }]\n${lines(120, (i) => `k${i}: 1`)}`);
    expect(result).toMatchObject({ ok: false, omitted: { count: 20, exact: true, line: 102, column: 1 } });
  });
});

describe("a list", () => {
  it("gives what a list of zod gives, as long as there are few issues", () => {
    const element = z.union([z.number().min(0), z.strictObject({ a: z.string() })]);
    const [ours, theirs] = [list(element, 60).min(3), z.array(element).max(60).min(3)];
    const item = fc.oneof(
      { weight: 9, arbitrary: fc.nat() },
      { weight: 9, arbitrary: fc.record({ a: fc.string() }) },
      fc.anything(),
    );
    fc.assert(
      fc.property(
        fc.oneof({ weight: 20, arbitrary: fc.array(item, { maxLength: 80 }) }, fc.anything()),
        (input) => {
          const [a, b] = [ours.safeParse(input), theirs.safeParse(input)];
          expect(a.success).toBe(b.success);
          if (a.success) {
            expect(a.data).toEqual(b.data);
            return;
          }
          expect(a.error!.issues.map(({ code, path }) => ({ code, path }))).toEqual(
            b.error!.issues.map(({ code, path }) => ({ code, path })),
          );
        },
      ),
    );
  });

  it("stops at three hundred issues, whatever is in it", () => {
    const { error } = list(list(z.string(), 1000), 100_000).safeParse(
      Array(100_000).fill(Array(1000).fill(1)),
    );
    expect(error!.issues).toHaveLength(300);
  });
});
