import { describe, expect, it } from "vitest";
import { DrawingRate } from "../../../src/ui/screen/drawing-rate.ts";

const drawn = (updates: number, bytes: number) => ({ updates, bytes, lastBytes: 100, heldBack: 2 });

describe("the rate of drawing", () => {
  it("is unknown until there are two samples", () => {
    const rate = new DrawingRate();
    expect(rate.current).toBeUndefined();
    rate.note(1_000, drawn(1, 500));
    expect(rate.current).toBeUndefined();
  });

  it("covers the last five seconds", () => {
    const rate = new DrawingRate();
    for (let second = 0; second <= 20; second++) rate.note(second * 1_000, drawn(second * 2, second * 700));
    expect(rate.current).toEqual({ updatesPerSecond: 2, bytesPerSecond: 700, lastBytes: 100, heldBack: 2 });
    for (let second = 21; second <= 40; second++) rate.note(second * 1_000, drawn(40, 14_000));
    expect(rate.current).toMatchObject({ updatesPerSecond: 0, bytesPerSecond: 0 });
  });
});
