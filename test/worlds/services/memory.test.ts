import { describe, expect, it } from "vitest";
import { Memory } from "../../../src/worlds/services/memory.ts";

describe("memory", () => {
  it("is the base plus what has leaked, full at the latest at 100 %", () => {
    const memory = new Memory(40);
    memory.update(0.25, 0);
    expect(memory.used).toBe(65);
    expect(memory.full).toBe(false);
    memory.update(0.9, 0);
    expect(memory.used).toBe(100);
    expect(memory.full).toBe(true);
  });

  it("slows work down above 90 % only", () => {
    const memory = new Memory(40);
    memory.update(0.5, 0);
    expect(memory.slowdown).toBe(1);
    memory.update(0.55, 0);
    expect(memory.slowdown).toBeCloseTo(2.5, 10);
    memory.update(0.6, 0);
    expect(memory.slowdown).toBeCloseTo(4, 10);
  });

  it("starts over after a restart while the leak continues", () => {
    const memory = new Memory(40);
    memory.update(0.6, 0);
    memory.stop(0.65);
    expect(memory.used).toBe(0);
    memory.update(0.7, 0);
    expect(memory.used).toBeCloseTo(45, 10);
  });

  it("returns to the base when the leak ends, and counts a new one from its start", () => {
    const memory = new Memory(40);
    memory.stop(0.6);
    memory.update(0, 0);
    expect(memory.used).toBe(40);
    memory.update(0.1, 0);
    expect(memory.used).toBeCloseTo(50, 10);
  });
});
