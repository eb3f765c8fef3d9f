import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { sourceKinds } from "../../src/sources/index.ts";
import type { SourceKind } from "../../src/sources/types.ts";
import { createContext } from "./context.ts";
import { createRecord } from "./record-of.ts";

describe.each(Object.entries<SourceKind<unknown>>(sourceKinds))("source kind %s", (name, kind) => {
  const { name: exampleName, source: exampleSource, ...written } = kind.example;
  const options = kind.schema.parse(written);

  it("is registered under its own name and described", () => {
    expect(kind.kind).toBe(name);
    expect(kind.description).toMatch(/\w/);
    expect(kind.breakable === true || kind.breakable.length > 0).toBe(true);
  });

  it("has an example of a service that uses it", () => {
    expect(exampleName).toEqual(expect.stringMatching(/\w/));
    expect(exampleSource).toBe(name);
  });

  it("describes every option and refuses what it does not know", () => {
    for (const option of Object.values(kind.schema.shape)) {
      expect(option).toHaveProperty("description", expect.stringMatching(/\w/));
    }
    expect(kind.schema.safeParse({ ...written, no_such_option: 1 }).success).toBe(false);
  });

  it("says how often it looks and what is called", () => {
    expect(kind.cadenceMs(options)).toBeGreaterThan(0);
    expect(Array.isArray(kind.calls(options))).toBe(true);
  });

  it("opens and stops on a virtual clock, leaving no timer behind", () => {
    const clock = createVirtualClock();
    const { context, problems, timers } = createContext(clock, false);
    const record = createRecord();
    const source = kind.open([{ service: "shop", options, recorder: record }], context);
    // Asking for labels costs a search in the store: once for each of them at the start, never per request.
    const askedAtStart = [...record.labelSets];
    expect(new Set(askedAtStart.map((labels) => JSON.stringify(labels))).size).toBe(askedAtStart.length);
    clock.runUntil(clock.now() + 10_000);
    expect(record.labelSets).toEqual(askedAtStart);
    expect(problems.get("shop")).toBeUndefined();
    source.stop();
    expect(timers()).toBe(0);
    source.stop();
    const recorded = record.entries.length;
    clock.runUntil(clock.now() + 60_000);
    expect(record.entries).toHaveLength(recorded);
  });

  it("opens for nobody", () => {
    const { context } = createContext(createVirtualClock(), false);
    expect(() => kind.open([], context).stop()).not.toThrow();
  });
});
