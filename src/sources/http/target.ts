import type { Cancel, Clock } from "../../core/clock.ts";
import type { StallDetector } from "../../core/stall.ts";
import { formatDuration } from "../../core/text.ts";
import { ProbeRecorder } from "../../kinds/service-recorder.ts";
import type { Watched } from "../../worlds/types.ts";
import type { EntityContext } from "../per-entity.ts";
import { HealthCheck } from "./health-check.ts";
import type { HttpOptions } from "./options.ts";
import type { Probe, ProbeResult } from "./probe.ts";

/** Starts one probe. */
export type StartProbe = (options: HttpOptions, clock: Clock) => Probe;

/** How often the age of an outstanding probe is recorded, ms. */
const AGE_STEP_MS = 500;
/** After so many discarded probes in a row it is reported that the target cannot be probed. */
const MOST_DISCARDED = 3;

/** A probe that has been sent and not answered. */
interface Outstanding {
  readonly probe: Probe;
  /** ms since the epoch */
  readonly startedAt: number;
  /** Ends what runs beside it. */
  readonly end: Cancel;
}

/**
 * Probes one target, first after `delayMs` and then at every interval, until it is cancelled. At most one
 * probe runs at a time, so a hanging target uses one connection and does not delay other targets. A probe that
 * is due meanwhile is skipped, and recorded with the time that the running one has waited so far.
 *
 * @param stalls says when this process was stopped: a probe under way then is discarded
 */
export function probeTarget(
  { entity, recorder: target }: Watched<HttpOptions>,
  delayMs: number,
  { clock, report, settle }: EntityContext,
  start: StartProbe,
  stalls: StallDetector,
): Cancel {
  const { options } = entity;
  const recorder = new ProbeRecorder(target);
  const check = new HealthCheck(recorder, options.failure_threshold);
  let underWay: Outstanding | undefined;
  let discarded = 0;
  let cancelRetry: Cancel = () => {};

  /** A probe is due. */
  function beat(): void {
    if (underWay === undefined) {
      begin();
      return;
    }
    const now = clock.now();
    const { startedAt, probe } = underWay;
    const stoppedMs = stalls.stoppedMs(startedAt, now);
    if (stoppedMs > 0) {
      discard(underWay, stoppedMs);
      probe.abort();
      return;
    }
    const waitMs = now - startedAt;
    // One that was sent between two beats, to confirm a failure, has not waited for a whole interval.
    if (waitMs >= options.interval / 2) recorder.skipped(now, waitMs);
    recorder.noHeartbeat(now);
    check.stillWaiting(now);
  }

  function begin(): void {
    if (underWay !== undefined) return;
    const probe = start(options, clock);
    const startedAt = clock.now();
    const stopWatching = stalls.watch();
    let cancelAge = clock.after(AGE_STEP_MS, age);
    function age(): void {
      const now = clock.now();
      if (stalls.stoppedMs(startedAt, now) === 0) recorder.outstanding(now, now - startedAt);
      cancelAge = clock.after(AGE_STEP_MS, age);
    }
    const mine: Outstanding = {
      probe,
      startedAt,
      end() {
        cancelAge();
        stopWatching();
        if (underWay === mine) underWay = undefined;
      },
    };
    underWay = mine;
    settle(
      probe.result.catch((error: unknown) => {
        mine.end();
        throw error;
      }),
      (result) => ended(mine, result),
    );
  }

  function ended(mine: Outstanding, result: ProbeResult): void {
    // It was discarded already.
    if (underWay !== mine) return;
    const now = clock.now();
    const stoppedMs = stalls.stoppedMs(mine.startedAt, now);
    if (stoppedMs > 0) {
      discard(mine, stoppedMs);
      return;
    }
    mine.end();
    discarded = 0;
    record(now, result);
  }

  /**
   * The time of a probe that was under way while this process was stopped says nothing about the service, nor
   * does its timeout. It is asked again at once.
   */
  function discard(mine: Outstanding, stoppedMs: number): void {
    mine.end();
    discarded += 1;
    recorder.outstanding(clock.now(), 0);
    if (discarded < MOST_DISCARDED) {
      begin();
      return;
    }
    const stopped = `Faultline itself was stopped for ${formatDuration(stoppedMs)}`;
    report(`cannot probe: ${stopped} during each of the last ${discarded} probes`);
  }

  function record(at: number, result: ProbeResult): void {
    report(result.localProblem && `cannot probe: ${result.localProblem}`);
    recorder.outstanding(at, 0);
    if (result.localProblem !== undefined) return;
    const { failure } = result;
    recorder.probe(at, result.latencyMs, failure);
    if (result.responded) recorder.heartbeat(at);
    else recorder.noHeartbeat(at);
    check.probed(at, failure);
    if (failure === undefined || check.isDown || options.retry_interval >= options.interval) return;
    // Retry soon, to confirm or clear a first failure.
    cancelRetry();
    cancelRetry = clock.after(options.retry_interval, begin);
  }

  let cancelTimer = clock.after(delayMs, () => {
    cancelTimer = clock.every(options.interval, beat);
    begin();
  });
  return () => {
    cancelTimer();
    cancelRetry();
    const last = underWay;
    last?.end();
    last?.probe.abort();
  };
}
