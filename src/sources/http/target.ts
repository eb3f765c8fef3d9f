import type { Cancel, Clock } from "../../core/clock.ts";
import { ServiceRecorder } from "../../kinds/service-recorder.ts";
import type { Watched } from "../../worlds/types.ts";
import type { EntityContext } from "../per-entity.ts";
import type { HttpOptions } from "./options.ts";
import type { Probe, ProbeResult } from "./probe.ts";

/** Starts one probe. */
export type StartProbe = (options: HttpOptions, clock: Clock) => Probe;

/**
 * Probes one target, first after `delayMs` and then at every interval, until it is cancelled. At most one
 * probe runs at a time and others are skipped, so a hanging target uses one connection and does not delay
 * other targets.
 */
export function probeTarget(
  { entity, recorder: target }: Watched<HttpOptions>,
  delayMs: number,
  { clock, report, settle }: EntityContext,
  start: StartProbe,
): Cancel {
  const { options } = entity;
  const recorder = new ServiceRecorder(target);
  let underWay: Probe | undefined;
  let failedInARow = 0;
  let cancelRetry: Cancel = () => {};

  function probe(): void {
    if (underWay) return;
    const started = start(options, clock);
    underWay = started;
    const finished = started.result.finally(() => {
      underWay = undefined;
    });
    settle(finished, record);
  }

  function record(result: ProbeResult): void {
    report(result.localProblem && `cannot probe: ${result.localProblem}`);
    if (result.localProblem !== undefined) return;

    const at = clock.now();
    const { failure } = result;
    recorder.request(at, result.latencyMs, failure === undefined, failure);
    if (result.responded) recorder.heartbeat(at);
    if (failure === undefined) {
      failedInARow = 0;
      recorder.check(at, true);
      return;
    }
    failedInARow += 1;
    // Below the threshold the check neither passes nor fails.
    if (failedInARow >= options.failure_threshold) {
      const times = failedInARow === 1 ? "1 failed probe" : `${failedInARow} consecutive failed probes`;
      recorder.check(at, false, `${times}: ${failure}`);
    } else if (options.retry_interval < options.interval) {
      // Retry soon, to confirm or clear a first failure.
      cancelRetry();
      cancelRetry = clock.after(options.retry_interval, probe);
    }
  }

  let cancelTimer = clock.after(delayMs, () => {
    cancelTimer = clock.every(options.interval, probe);
    probe();
  });
  return () => {
    cancelTimer();
    cancelRetry();
    underWay?.abort();
  };
}
