import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startSession } from "../harness.ts";

/** Two services, one of them troubled, so that every second differs from the one before. */
const config = (tickMs: number) => `
tick: ${tickMs}ms
window: 1s
services:
  - { name: front, base_latency: 20ms, deviation: 1, rate: 40, calls: [{ service: back }] }
  - { name: back, base_latency: 40ms, deviation: 2, rate: 10, error_rate: 0.2 }
`;

describe("a paused screen", () => {
  it("shows the same whenever it is drawn anew, however long it has been paused", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(100, 200, 250, 400, 500, 1_000),
        fc.integer({ min: 3_000, max: 12_000 }),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("1", "2", "4", "6", "7", "8"),
        fc.integer({ min: 80, max: 200 }),
        (tickMs, pausedAt, laters, view, width) => {
          const { screen, press, run, session } = startSession({ config: config(tickMs), width, height: 40 });
          run(pausedAt / 1_000);
          press(`${view}<space>`);
          // The first row says how far behind it is, the last whether one can go forward.
          const rows = () => screen().slice(1, -1);
          const before = rows();
          for (const later of laters) {
            run(later / 1_000);
            session.resize({ width: width + 1, height: 40 });
            screen();
            session.resize({ width, height: 40 });
            expect(rows()).toEqual(before);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
