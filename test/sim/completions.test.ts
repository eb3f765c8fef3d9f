import { describe, expect, it } from "vitest";
import type { Recorder } from "../../src/core/observation.ts";
import { Completions } from "../../src/sim/completions.ts";

function recorderInto(told: unknown[]): Recorder {
  return {
    request: (...args) => void told.push(args),
    check: () => {},
    heartbeat: () => {},
    gauge: () => {},
  };
}

function three(): Completions {
  const completions = new Completions();
  completions.add(1300, 50, undefined);
  completions.add(1100, 80, "refused");
  completions.add(1200, 1150, undefined);
  return completions;
}

describe("completions", () => {
  it("are told once they have ended, and once only", () => {
    const told: unknown[] = [];
    const completions = three();
    completions.emit(1099, 0, recorderInto(told));
    expect(told).toEqual([]);
    completions.emit(1200, 0, recorderInto(told));
    expect(told).toEqual([
      [1100, 80, false, "refused"],
      [1200, 1150, true, undefined],
    ]);
    completions.emit(9999, 0, recorderInto(told));
    expect(told).toHaveLength(3);
    expect(completions.size).toBe(0);
  });

  it("are forgotten when too old", () => {
    const told: unknown[] = [];
    three().emit(2000, 1200, recorderInto(told));
    expect(told).toEqual([
      [1300, 50, true, undefined],
      [1200, 1150, true, undefined],
    ]);
  });

  it("fail now when the process is gone, those that had begun", () => {
    const told: unknown[] = [];
    const completions = three();
    completions.abort(1060, "connection reset", recorderInto(told));
    expect(told).toEqual([
      [1060, 40, false, "connection reset"],
      [1060, 1010, false, "connection reset"],
    ]);
    expect(completions.size).toBe(0);
  });
});
