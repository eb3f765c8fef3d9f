import { describe, expect, it } from "vitest";
import { z } from "zod";
import { optionsOf } from "../../src/cli/describe/options.ts";
import { wrap } from "../../src/cli/describe/render.ts";
import { typeText } from "../../src/cli/describe/type-text.ts";
import { inputJsonSchema } from "../../src/config/json-schema.ts";
import { durationText } from "../../src/core/duration.ts";
import { duration, percent, ratio } from "../../src/core/quantity.ts";

describe("types as text", () => {
  it.each([
    ["duration", duration(5, 10)],
    ["duration", duration(100, 5000).default(1000)],
    ["duration", duration(100, 5000).prefault("1s").describe("how long")],
    ["number 0..1", ratio()],
    ["number 0..100", percent()],
    ["number above 0", z.number().positive()],
    ["number below 0", z.number().negative()],
    ["number up to 3", z.number().max(3)],
    ["whole number", z.int()],
    ["whole number from 1", z.int().min(1)],
    ["text", z.string()],
    ["true or false", z.boolean()],
    ["a | b", z.enum(["a", "b"])],
    ["list of maps", z.array(z.strictObject({ a: z.string() }))],
    ["list of text", z.array(z.string())],
    ["map of number", z.record(z.string(), z.number())],
    ["map", z.strictObject({ a: z.string() })],
    ["number or text", z.union([z.number(), z.string()])],
    ["text or list of text", z.union([z.string(), z.array(z.string())])],
  ])("%s", (words, schema) => {
    expect(typeText(inputJsonSchema(schema))).toBe(words);
  });

  it("gives defaults as they are written in a config", () => {
    const schema = z.strictObject({
      every: duration(1, 100_000).default(90_000),
      share: ratio().default(0.5),
    });
    expect(optionsOf(schema)).toEqual([
      { name: "every", type: "duration", required: false, default: "1.5m", description: "" },
      { name: "share", type: "number 0..1", required: false, default: 0.5, description: "" },
    ]);
  });

  it.each([
    [0, "0ms"],
    [250, "250ms"],
    [1000, "1s"],
    [1500, "1.5s"],
    [1234, "1234ms"],
    [60_000, "1m"],
    [3_600_000, "1h"],
    [86_400_000, "1d"],
    [129_600_000, "36h"],
  ])("%d ms is %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it("wraps at spaces and leaves long words whole", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("unbreakable as it is", 5)).toEqual(["unbreakable", "as it", "is"]);
  });
});
