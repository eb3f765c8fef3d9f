import { catalog } from "../../catalog/index.ts";
import type { Clock } from "../../core/clock.ts";
import { createMonitor } from "../../monitor/monitor.ts";
import type { EntitySnapshot, Snapshot } from "../../monitor/types.ts";
import type { WatchRequest } from "../../watch/request.ts";
import { silentEntities } from "../silent-entities.ts";

/**
 * Runs in real time until every real entity was observed and every failure was confirmed, at most until the
 * deadline.
 * @returns the state, and how many entities it is not certain about
 */
export function observe(
  { config, configName }: WatchRequest,
  clock: Clock,
  deadline: number,
): Promise<{ readonly snapshot: Snapshot; readonly rest: string | undefined }> {
  const monitor = createMonitor({ config, configName, clock, live: true });
  const openIn = (snapshot: Snapshot) =>
    new Set([
      ...silentEntities(snapshot, config, catalog),
      ...snapshot.entities.filter(isSuspected).map(({ name }) => name),
    ]).size;
  return new Promise((resolve) => {
    const finish = () => {
      cancelDeadline();
      const snapshot = monitor.snapshot();
      monitor.stop();
      const open = openIn(snapshot);
      const rest = open === 0 ? undefined : `${open} of ${snapshot.entities.length} not checked yet`;
      resolve({ snapshot, rest });
    };
    const cancelDeadline = clock.after(Math.max(0, deadline - clock.now()), finish);
    monitor.subscribe(() => {
      if (openIn(monitor.snapshot()) === 0) finish();
    });
    monitor.start();
  });
}

/**
 * Requests without a finished health check are a first failure that is not confirmed yet, and a first probe may
 * still be answered.
 */
function isSuspected({ values }: EntitySnapshot): boolean {
  const isAsked = (values.requests ?? 0) > 0 || (values.outstanding ?? 0) > 0;
  return isAsked && !((values.checks ?? 0) > 0);
}
