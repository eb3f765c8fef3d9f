import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeBindings } from "../../../src/ui/keymap/time.ts";
import type { View } from "../../../src/ui/view.ts";

const TICK = 1_000;

/** Ten minutes of a monitor with events at the given instants, shown live or at an instant. */
function viewAt(instants: readonly number[], moment: number | undefined): View {
  const live = {
    at: 600_000,
    startedAt: 0,
    tickMs: TICK,
    events: instants.toSorted((a, b) => b - a).map((at) => ({ at })),
  };
  const at = moment ?? live.at;
  // The snapshot of a past instant is that of the tick before it.
  const snapshot = { ...live, at: Math.floor(at / TICK) * TICK };
  return { live, snapshot, at, ui: { moment } } as unknown as View;
}

/** Presses a key until it is refused, and returns the visited instants. */
function walk(instants: readonly number[], key: string, from: number | undefined): number[] {
  const { run, when } = timeBindings.find(({ keys }) => keys.includes(key))!;
  const moments: number[] = [];
  for (let moment = from; moments.length < 1_000; ) {
    const view = viewAt(instants, moment);
    if ((when?.(view) ?? true) !== true) return moments;
    const intent = run(view);
    if (!("ui" in intent) || intent.ui.type !== "moment") return moments;
    moment = intent.ui.at;
    moments.push(moment!);
  }
  return moments;
}

// Faults are injected between ticks, also after the newest one.
const instants = fc.array(fc.integer({ min: 0, max: 600_999 }), { maxLength: 60 });

describe("jumps from event to event", () => {
  it("visit every instant with an event exactly once, in both directions", () => {
    fc.assert(
      fc.property(instants, (some) => {
        const rising = [...new Set(some)].toSorted((a, b) => a - b);
        expect(walk(some, "{", undefined)).toEqual(rising.toReversed());
        expect(walk(some, "}", -1)).toEqual(rising);
      }),
    );
  });

  it("go to the nearest event from any instant", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 600_000 }), (some, moment) => {
        expect(walk(some, "}", moment)[0]).toBe(
          some.filter((at) => at > moment).toSorted((a, b) => a - b)[0],
        );
        expect(walk(some, "{", moment)[0]).toBe(
          some.filter((at) => at < moment).toSorted((a, b) => b - a)[0],
        );
      }),
    );
  });
});

describe("steps", () => {
  it("are one tick from the shown instant, between the start and the newest instant", () => {
    expect(walk([], "[", 2_300)).toEqual([1_300, 300, 0]);
    expect(walk([], "]", 598_300)).toEqual([599_300, 600_000]);
    expect(walk([], "[", undefined)[0]).toBe(599_000);
    expect(walk([], "]", undefined)).toEqual([]);
  });

  it("do not go back from an event that happened after the newest tick", () => {
    expect(walk([600_400], "]", 600_400)).toEqual([]);
  });
});
