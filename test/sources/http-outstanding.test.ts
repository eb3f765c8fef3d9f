import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { FAILED_PROBES, OUTSTANDING, PROBES } from "../../src/kinds/service-metrics.ts";
import type { ProbeResult } from "../../src/sources/http/probe.ts";
import { createHttpSource } from "../../src/sources/http.ts";
import { machine } from "../monitor/machine.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { createRecording } from "./recording.ts";

/** Lets all pending promises settle. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** How the target answers a probe: after so long, with a failure or not. */
interface Answer {
  readonly afterMs: number;
  readonly failure?: string | undefined;
}

/** A target whose answers come on the clock of the test; without one the timeout ends the probe. */
function startTarget(
  clock: Clock,
  written: Record<string, unknown>,
  answerOf: (nth: number) => Answer | undefined,
) {
  const record = createRecording(() => clock.now());
  const { context, problems, timers } = createFakeContext(clock);
  const begun: number[] = [];
  let aborted = 0;
  const http = createHttpSource((options) => {
    const startedAt = clock.now();
    const answer = answerOf(begun.length);
    begun.push(startedAt);
    const late = answer === undefined || answer.afterMs >= options.timeout;
    const { promise, resolve } = Promise.withResolvers<ProbeResult>();
    const failure = late ? "timeout" : answer.failure;
    const end = () =>
      resolve({
        latencyMs: clock.now() - startedAt,
        responded: !late && failure !== "refused",
        failure,
        localProblem: undefined,
      });
    const cancel = clock.after(late ? options.timeout : answer.afterMs, end);
    const abort = () => {
      aborted += 1;
      cancel();
    };
    return { result: promise, abort };
  });
  const watched = watchedBy(http, "x", { url: "http://x/", ...written }, record.recorder);
  const source = http.open([watched], context);
  const waits = () => record.entries().flatMap(([type, ms]) => (type === "wait" ? [ms as number] : []));
  const ages = () => record.gauges.filter(({ name }) => name === OUTSTANDING.name);
  return { record, source, problems, timers, begun, waits, ages, aborted: () => aborted };
}

async function runTo(clock: ReturnType<typeof createVirtualClock>, at: number): Promise<void> {
  while (clock.now() < at) {
    clock.runUntil(Math.min(at, clock.now() + 50));
    await settled();
  }
}

describe("probes that are due while one is outstanding", () => {
  it("are recorded with its wait so far, at the instant at which each is due", async () => {
    const clock = createVirtualClock(0);
    // The third probe meets a stall of 5 s.
    const target = startTarget(clock, { interval: "1s", timeout: "10s" }, (nth) => ({
      afterMs: nth === 2 ? 5_000 : 40,
    }));
    await runTo(clock, 12_000);
    expect(target.waits()).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(target.begun).toEqual([0, 1_000, 2_000, 8_000, 9_000, 10_000, 11_000, 12_000]);
    // Those that ended are exact: one of seven was slow, none failed.
    expect(target.record.counters.get(PROBES.name)).toBe(7);
    expect(target.record.counters.get(FAILED_PROBES.name)).toBe(0);
    target.source.stop();
    expect(target.timers()).toBe(0);
  });

  it("leave no second without a latency, whatever the answers are", async () => {
    const answers = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 1, max: 7_000 }),
        failure: fc.constantFrom(undefined, "refused"),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom(1_000, 4_000), async (list, timeout) => {
        const clock = createVirtualClock(0);
        const target = startTarget(
          clock,
          { interval: "1s", timeout, retry_interval: "1s" },
          (nth) => list[nth % list.length],
        );
        await runTo(clock, 20_000);
        // Each beat is a probe or a skipped one. Where a probe ends at a beat, either may come first.
        expect(target.begun.length + target.waits().length).toBe(21);
        for (const ms of target.waits()) expect(ms).toBeLessThanOrEqual(timeout);
        target.source.stop();
      }),
      { numRuns: 25 },
    );
  });

  it("show the age of the outstanding one, and zero once it has ended", async () => {
    const clock = createVirtualClock(0);
    const target = startTarget(clock, { interval: "10s", timeout: "8s" }, () => undefined);
    await runTo(clock, 9_000);
    const ages = target.ages();
    expect(ages.slice(0, -1).every(({ at, value }) => value === at)).toBe(true);
    expect(ages.at(-1)).toEqual({ at: 8_000, name: OUTSTANDING.name, value: 0 });
    const gaps = ages.map(({ at }, index) => at - (ages[index - 1]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(500);
    target.source.stop();
  });

  it("keep a check failed that had failed", async () => {
    const clock = createVirtualClock(0);
    const target = startTarget(
      clock,
      { interval: "1s", timeout: "6s", failure_threshold: 2 },
      () => undefined,
    );
    await runTo(clock, 30_000);
    const checks = target.record.checks.filter(({ at }) => at > 14_000);
    expect(checks.length).toBeGreaterThan(14);
    expect(checks.every(({ pass }) => !pass)).toBe(true);
    target.source.stop();
  });
});

/** A process that can be stopped, with its clock. */
function stoppable() {
  const { clock, runSettled, spend } = machine();
  return { clock, run: (ms: number) => runSettled(ms, settled), stop: spend };
}

describe("a probe under way while this process was stopped", () => {
  it("is discarded at any instant and for any length of the stop, and asked again", async () => {
    const times = {
      before: fc.integer({ min: 0, max: 8_000 }),
      stop: fc.integer({ min: 300, max: 3_600_000 }),
    };
    await fc.assert(
      fc.asyncProperty(fc.record(times), async ({ before, stop }) => {
        const { clock, run, stop: stopFor } = stoppable();
        const target = startTarget(clock, { interval: "2s", timeout: "1500ms" }, () => ({ afterMs: 900 }));
        await run(before);
        stopFor(stop);
        await run(20_000);
        const { requests } = target.record;
        expect(requests.length).toBeGreaterThan(6);
        expect(target.waits()).toEqual([]);
        for (const { latencyMs, ok } of requests) {
          expect(ok).toBe(true);
          // Answered after 900 ms; a delay below 200 ms is not noticed.
          expect(latencyMs).toBeLessThan(1_200);
        }
        for (const { value } of target.ages()) expect(value).toBeLessThan(1_200);
        expect(target.problems.get("x")).toBeUndefined();
        target.source.stop();
      }),
      { numRuns: 40 },
    );
  });

  it("is reported when it happens again and again, and cleared by one that is not disturbed", async () => {
    const { clock, run, stop } = stoppable();
    const target = startTarget(clock, { interval: "1s" }, () => ({ afterMs: 400 }));
    await run(100);
    for (let times = 0; times < 4; times++) {
      stop(2_000);
      await run(100);
    }
    expect(target.problems.get("x")).toMatch(
      /^cannot probe: Faultline itself was stopped for 2s during each of the last \d probes$/,
    );
    expect(target.record.requests).toEqual([]);
    await run(3_000);
    expect(target.problems.get("x")).toBeUndefined();
    expect(target.record.requests.length).toBeGreaterThan(0);
    target.source.stop();
  });
});
