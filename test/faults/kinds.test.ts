import { describe, expect, it } from "vitest";
import { type Effects, noEffects } from "../../src/core/effects.ts";
import { faultKind, faultKinds } from "../../src/faults/index.ts";
import type { FaultKind } from "../../src/faults/types.ts";

const kinds: [string, FaultKind][] = Object.entries(faultKinds);

/** Half a minute in steps of a second: some faults need time, or come and go. */
const MOMENTS = Array.from({ length: 31 }, (_, second) => second * 1000);

function applied(kind: FaultKind, intensity: number, elapsedMs: number, times = 1): Effects {
  const effects = noEffects();
  for (let time = 0; time < times; time += 1) kind.apply(effects, intensity, elapsedMs);
  return effects;
}

describe("the registry of faults", () => {
  it("knows the ten kinds by name", () => {
    expect(Object.keys(faultKinds)).toEqual([
      "latency",
      "jitter",
      "errors",
      "outage",
      "hang",
      "cpu",
      "memory",
      "traffic",
      "dependency-cut",
      "flapping",
    ]);
    expect(faultKind("latency")).toBe(faultKinds.latency);
    expect(faultKind("toString")).toBeUndefined();
  });

  it("gives every kind a key of its own that means nothing else", () => {
    const keys = kinds.map(([, kind]) => kind.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[a-fhilmnopr-wyz]$/);
  });
});

describe.each(kinds)("%s", (name, kind) => {
  it("is registered under its own name and says what it does", () => {
    expect(kind.kind).toBe(name);
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(kind.title).toMatch(/^[A-Z]/);
    expect(kind.description).toMatch(/^[A-Z].*\.$/);
  });

  it("has rising levels, the default among them, and a sound time to live", () => {
    expect(kind.levels.length).toBeGreaterThan(0);
    expect(kind.levels[0]).toBeGreaterThan(0);
    expect([...kind.levels].sort((a, b) => a - b)).toEqual(kind.levels);
    expect(new Set(kind.levels).size).toBe(kind.levels.length);
    expect(kind.levels).toContain(kind.defaultLevel);
    expect(kind.defaultTtlMs).toBeGreaterThanOrEqual(10_000);
    expect(kind.defaultTtlMs).toBeLessThanOrEqual(600_000);
  });

  it("has an effect at every level", () => {
    for (const level of kind.levels) {
      const moved = MOMENTS.some(
        (elapsed) => JSON.stringify(applied(kind, level, elapsed)) !== JSON.stringify(noEffects()),
      );
      expect({ level, moved }).toEqual({ level, moved: true });
    }
  });

  it("never does less when it is there twice, and stays within bounds", () => {
    for (const level of kind.levels) {
      for (const elapsed of MOMENTS) {
        const once = applied(kind, level, elapsed);
        const twice = applied(kind, level, elapsed, 2);
        for (const key of Object.keys(once) as (keyof Effects)[]) {
          expect(Number(twice[key])).toBeGreaterThanOrEqual(Number(once[key]));
        }
        expect(twice.errorRatio).toBeLessThanOrEqual(1);
        expect(twice.cpuShare).toBeLessThanOrEqual(1);
      }
    }
  });

  it("names its intensity, unless it is all or nothing", () => {
    if (kind.levels.length === 1) {
      expect(kind.unit).toBe("");
      expect(kind.label(kind.defaultLevel)).not.toMatch(/\d/);
      return;
    }
    expect(["ms", "%", "x", "s"]).toContain(kind.unit);
    for (const level of kind.levels) {
      const label = kind.label(level);
      expect(label.replaceAll(",", "")).toContain(String(level));
      expect(label).toContain(kind.unit);
    }
  });
});

describe("what the kinds say and do", () => {
  it("labels them in a few words", () => {
    expect(faultKinds.latency.label(1600)).toBe("latency +1,600 ms");
    expect(faultKinds.errors.label(30)).toBe("errors 30 %");
    expect(faultKinds.traffic.label(4)).toBe("traffic x4");
  });

  it("leaks memory with time", () => {
    expect(applied(faultKinds.memory, 120, 0).leakedShare).toBe(0);
    expect(applied(faultKinds.memory, 120, 30_000).leakedShare).toBeCloseTo(0.6, 10);
  });

  it("flaps down for the second half of each period", () => {
    const down = [0, 4_999, 5_000, 9_999, 10_000, 15_000].map(
      (elapsed) => applied(faultKinds.flapping, 10, elapsed).refuse,
    );
    expect(down).toEqual([false, false, true, true, false, true]);
  });

  it("combines errors as independent causes and multiplies traffic", () => {
    expect(applied(faultKinds.errors, 30, 0, 2).errorRatio).toBeCloseTo(0.51, 10);
    expect(applied(faultKinds.traffic, 4, 0, 2).trafficFactor).toBe(16);
  });
});
