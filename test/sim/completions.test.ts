import { describe, expect, it } from "vitest";
import type { RequestRecorder } from "../../src/core/observation.ts";
import { Completions } from "../../src/sim/completions.ts";

function recorderInto(told: unknown[]): RequestRecorder {
  return { request: (...args) => void told.push(args) };
}

function three(told: unknown[]): Completions {
  const completions = new Completions();
  const recorder = recorderInto(told);
  completions.add(1300, 50, undefined, recorder);
  completions.add(1100, 80, "refused", recorder);
  completions.add(1200, 1150, undefined, recorder);
  return completions;
}

describe("completions", () => {
  it("are told once they have ended, and once only", () => {
    const told: unknown[] = [];
    const completions = three(told);
    completions.emit(1099, 0);
    expect(told).toEqual([]);
    completions.emit(1200, 0);
    expect(told).toEqual([
      [1100, 80, false, "refused"],
      [1200, 1150, true, undefined],
    ]);
    completions.emit(9999, 0);
    expect(told).toHaveLength(3);
    expect(completions.size).toBe(0);
  });

  it("are forgotten when too old", () => {
    const told: unknown[] = [];
    three(told).emit(2000, 1200);
    expect(told).toEqual([
      [1300, 50, true, undefined],
      [1200, 1150, true, undefined],
    ]);
  });

  it("fail now when the process is gone, those that had begun", () => {
    const told: unknown[] = [];
    const completions = three(told);
    completions.abort(1060, "connection reset");
    expect(told).toEqual([
      [1060, 40, false, "connection reset"],
      [1060, 1010, false, "connection reset"],
    ]);
    expect(completions.size).toBe(0);
  });

  it("are told where they belong, whichever of them end first", () => {
    const [some, others]: [unknown[], unknown[]] = [[], []];
    const completions = new Completions();
    completions.add(1300, 50, undefined, recorderInto(some));
    completions.add(1100, 80, undefined, recorderInto(others));
    completions.add(1200, 90, undefined, recorderInto(some));
    completions.add(1400, 999, undefined, recorderInto(others));
    completions.emit(1200, 0);
    completions.emit(1300, 0);
    completions.abort(1350, "connection reset");
    expect(some).toEqual([
      [1200, 90, true, undefined],
      [1300, 50, true, undefined],
    ]);
    expect(others).toEqual([
      [1100, 80, true, undefined],
      [1350, 949, false, "connection reset"],
    ]);
  });
});
