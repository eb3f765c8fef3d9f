import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChartMemory } from "../../src/ui/chart-memory.ts";

describe("the chart cache", () => {
  it("keeps an object by entity and key", () => {
    const memory = createChartMemory();
    const made = memory.remember("a", 1, "p99", () => ({ points: 0 }));
    made.points = 7;
    expect(memory.remember("a", 1, "p99", () => ({ points: 0 }))).toBe(made);
    expect(memory.remember("a", 1, "cpu", () => ({ points: 0 }))).not.toBe(made);
    expect(memory.remember("b", 1, "p99", () => ({ points: 0 }))).not.toBe(made);
  });

  it("drops entries of another generation of the entity", () => {
    const memory = createChartMemory();
    const first = memory.remember("a", 1, "p99", () => ({}));
    const second = memory.remember("a", 2, "p99", () => ({}));
    expect(second).not.toBe(first);
    expect(memory.remember("a", 2, "p99", () => ({}))).toBe(second);
    expect(memory.remember("a", 1, "p99", () => ({}))).not.toBe(first);
  });

  it("keeps what every frame uses, and drops what no frame has used for a while", () => {
    const memory = createChartMemory();
    const used = memory.remember("a", 1, "80 columns", () => ({}));
    const unused = memory.remember("a", 1, "81 columns", () => ({}));
    for (let frame = 0; frame < 10; frame++) {
      memory.nextFrame();
      expect(memory.remember("a", 1, "80 columns", () => ({}))).toBe(used);
    }
    expect(memory.remember("a", 1, "81 columns", () => ({}))).toBe(unused);
    for (let frame = 0; frame < 100; frame++) {
      memory.nextFrame();
      expect(memory.remember("a", 1, "80 columns", () => ({}))).toBe(used);
    }
    expect(memory.remember("a", 1, "81 columns", () => ({}))).not.toBe(unused);
  });

  it("drops the least recently used entry, like a simple reference list", () => {
    const use = fc.record({
      entity: fc.constantFrom("a", "b", "c"),
      key: fc.constantFrom("x", "y", "z"),
      generation: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (uses, most) => {
        const memory = createChartMemory(most);
        let kept: { id: string; generation: number; value: object }[] = [];
        for (const { entity, key, generation } of uses) {
          const id = `${entity} ${key}`;
          const known = kept.find((each) => each.id === id && each.generation === generation);
          let wasMade = false;
          const value = memory.remember(entity, generation, key, () => {
            wasMade = true;
            return {};
          });
          expect(wasMade).toBe(known === undefined);
          if (known) expect(value).toBe(known.value);
          kept = [...kept.filter((each) => each.id !== id), { id, generation, value }].slice(-most);
        }
      }),
    );
  });
});
