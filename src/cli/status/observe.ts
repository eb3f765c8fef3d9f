import { catalog } from "../../catalog/index.ts";
import type { Clock } from "../../core/clock.ts";
import { createMonitor } from "../../monitor/monitor.ts";
import type { EntitySnapshot, Snapshot } from "../../monitor/types.ts";
import type { WatchRequest } from "../../watch/request.ts";
import { silentEntities } from "../silent-entities.ts";

/**
 * Runs in real time until every real entity was observed and every failure was confirmed, at most until the
 * deadline.
 * @returns the state, and which entities it is not certain about
 */
export function observe(
  { config, configName }: WatchRequest,
  clock: Clock,
  deadline: number,
): Promise<{ readonly snapshot: Snapshot; readonly rest: string | undefined }> {
  const monitor = createMonitor({ config, configName, clock, live: true });
  const openIn = (snapshot: Snapshot) => {
    const silent = new Set(silentEntities(snapshot, config, catalog));
    return snapshot.entities.flatMap((entity) => doubtAbout(entity, silent.has(entity.name)) ?? []);
  };
  return new Promise((resolve) => {
    const finish = () => {
      cancelDeadline();
      const snapshot = monitor.snapshot();
      monitor.stop();
      resolve({ snapshot, rest: restOf(openIn(snapshot), snapshot.entities.length) });
    };
    const cancelDeadline = clock.after(Math.max(0, deadline - clock.now()), finish);
    monitor.subscribe(() => {
      if (openIn(monitor.snapshot()).length === 0) finish();
    });
    monitor.start();
  });
}

/** Why the health of an entity is not certain yet, in the order in which it becomes so. */
const DOUBTS = ["not checked yet", "not answered yet", "failed once, not confirmed yet"] as const;
type Doubt = (typeof DOUBTS)[number];

/** Requests without a finished health check are a first failure, and a first probe may still be answered. */
function doubtAbout({ values }: EntitySnapshot, isSilent: boolean): Doubt | undefined {
  if (isSilent) return "not checked yet";
  if ((values.checks ?? 0) > 0) return undefined;
  if ((values.outstanding ?? 0) > 0) return "not answered yet";
  return (values.requests ?? 0) > 0 ? "failed once, not confirmed yet" : undefined;
}

/** "2 of 12 not checked yet, 1 of 12 not answered yet"; undefined where all is certain. */
function restOf(open: readonly Doubt[], count: number): string | undefined {
  const parts = DOUBTS.flatMap((doubt) => {
    const those = open.filter((each) => each === doubt).length;
    return those === 0 ? [] : [`${those} of ${count} ${doubt}`];
  });
  return parts.length === 0 ? undefined : parts.join(", ");
}
