import { describe, expect, it } from "vitest";
import type { RequestRecorder } from "../../../src/kinds/service-recorder.ts";
import { Completions } from "../../../src/worlds/services/completions.ts";

function recorderInto(recorded: unknown[]): RequestRecorder {
  return { request: (...args) => void recorded.push(args) };
}

function three(recorded: unknown[]): Completions {
  const completions = new Completions();
  const recorder = recorderInto(recorded);
  completions.add(1300, 50, undefined, recorder);
  completions.add(1100, 80, "refused", recorder);
  completions.add(1200, 1150, undefined, recorder);
  return completions;
}

describe("completions", () => {
  it("are recorded once, at their end", () => {
    const recorded: unknown[] = [];
    const completions = three(recorded);
    completions.emit(1099, 0);
    expect(recorded).toEqual([]);
    completions.emit(1200, 0);
    expect(recorded).toEqual([
      [1100, 80, false, "refused"],
      [1200, 1150, true, undefined],
    ]);
    completions.emit(9999, 0);
    expect(recorded).toHaveLength(3);
    expect(completions.size).toBe(0);
  });

  it("are dropped when too old", () => {
    const recorded: unknown[] = [];
    three(recorded).emit(2000, 1200);
    expect(recorded).toEqual([
      [1300, 50, true, undefined],
      [1200, 1150, true, undefined],
    ]);
  });

  it("fail when the process is killed, if they had started", () => {
    const recorded: unknown[] = [];
    const completions = three(recorded);
    completions.abort(1060, "connection reset");
    expect(recorded).toEqual([
      [1060, 40, false, "connection reset"],
      [1060, 1010, false, "connection reset"],
    ]);
    expect(completions.size).toBe(0);
  });

  it("are recorded by their own recorder, in any order of ends", () => {
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
