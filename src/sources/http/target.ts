import type { Cancel, Clock } from "../../core/clock.ts";
import type { SourceContext, Watched } from "../types.ts";
import type { HttpOptions } from "./options.ts";
import { type Probe, type ProbeResult, startProbe } from "./probe.ts";

/**
 * Probes one target, first `delayMs` from now and then at every interval, until it is cancelled. At most one
 * probe is under way: a beat that finds the last one unfinished is skipped, so a hanging target costs one
 * connection and delays nobody.
 * @param start begins one probe; replaced where its result must be known beforehand
 */
export function watchTarget(
  { service, options, recorder }: Watched<HttpOptions>,
  delayMs: number,
  { clock, report }: SourceContext,
  start: (options: HttpOptions, clock: Clock) => Probe = startProbe,
): Cancel {
  let underWay: Probe | undefined;
  let stopped = false;
  let failedInARow = 0;
  let cancelRetry: Cancel = () => {};

  function beat(): void {
    if (stopped || underWay) return;
    const probe = start(options, clock);
    underWay = probe;
    void probe.result.then((result) => {
      underWay = undefined;
      // What comes after the stop belongs to nobody: the service may be gone from the config.
      if (!stopped) record(result);
    });
  }

  function record(result: ProbeResult): void {
    report(service, result.localTrouble && `cannot probe: ${result.localTrouble}`);
    if (result.localTrouble !== undefined) return;

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
    // Below the threshold there is no verdict yet, neither way: a probe that failed has not passed.
    if (failedInARow >= options.failure_threshold) {
      const times = failedInARow === 1 ? "1 failed probe" : `${failedInARow} failed probes in a row`;
      recorder.check(at, false, `${times}: ${failure}`);
    } else if (options.retry_interval < options.interval) {
      // A first failure is a suspicion; looking again soon makes it a verdict, or drops it.
      cancelRetry();
      cancelRetry = clock.after(options.retry_interval, beat);
    }
  }

  let cancelTimer = clock.after(delayMs, () => {
    cancelTimer = clock.every(options.interval, beat);
    beat();
  });
  return () => {
    stopped = true;
    cancelTimer();
    cancelRetry();
    underWay?.abort();
  };
}
