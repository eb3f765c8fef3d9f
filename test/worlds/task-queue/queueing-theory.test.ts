import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneQueue, startTaskQueue } from "./harness.ts";

const SERVICE_MS = 50;

/** Probability that an arrival waits in M/M/c (Erlang C). @param offered load in erlangs, below `servers` */
function erlangC(servers: number, offered: number): number {
  // Erlang B by its recursion, which cannot overflow.
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
  const utilisation = offered / servers;
  return blocked / (1 - utilisation * (1 - blocked));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function runFor(messages: number, servers: number, utilisation: number, seed: number) {
  const rate = (utilisation * servers * 1000) / SERVICE_MS;
  const started = startTaskQueue(
    oneQueue({
      producer: { rate },
      consumers: { count: servers, processing_time: SERVICE_MS, distribution: "exponential" },
    }),
    { seed },
  );
  let held = 0;
  let samples = 0;
  const length = (messages / rate) * 1000;
  for (let elapsed = 0; elapsed < length; elapsed += 100) {
    started.run(100);
    const { waiting, inFlight } = started.messages("q");
    held += waiting + inFlight;
    samples += 1;
  }
  return { started, rate, length, meanHeld: held / samples };
}

describe("a queue with exponential service and prefetch 1", () => {
  for (const [servers, utilisation] of [
    [1, 0.5],
    [1, 0.65],
    [2, 0.7],
    [3, 0.6],
    [5, 0.75],
  ] as const) {
    it(`has the mean wait of M/M/${servers} at utilisation ${utilisation}`, () => {
      // Several independent runs, because the mean of one varies by more than 5 %.
      const waits = [1, 2, 3, 4].map((seed) =>
        mean(runFor(60_000, servers, utilisation, seed).started.record("q").times("wait_time")),
      );
      const expected = (erlangC(servers, utilisation * servers) * SERVICE_MS) / (servers * (1 - utilisation));
      expect(mean(waits) / expected).toBeGreaterThan(0.95);
      expect(mean(waits) / expected).toBeLessThan(1.05);
    });
  }

  it("obeys Little's law at any load", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.2, max: 0.85, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (servers, utilisation, seed) => {
          const { started, length, meanHeld } = runFor(15_000, servers, utilisation, seed);
          const totals = started.record("q").times("total_time");
          const throughput = totals.length / length;
          expect(meanHeld / (throughput * mean(totals))).toBeGreaterThan(0.95);
          expect(meanHeld / (throughput * mean(totals))).toBeLessThan(1.05);
        },
      ),
      { numRuns: 12 },
    );
  });
});
