import { catalog } from "../../src/catalog/index.ts";
import { configText, type Run, type RunFault, runFleet } from "./fleets.ts";

/** An alert that is over so soon, or that fires again so soon after its end, is noise: nobody can act on it. ms */
const SOON_MS = 30_000;

/** Alerts that fired again within 30 s of their resolve. */
export function refires({ alerts }: Run): number {
  return alerts.filter(({ rule, entity, firedAt }) =>
    alerts.some(
      (before) =>
        before.rule === rule &&
        before.entity === entity &&
        before.resolvedAt !== undefined &&
        before.resolvedAt <= firedAt &&
        firedAt - before.resolvedAt < SOON_MS,
    ),
  ).length;
}

/** Alerts that came and went within 30 s. */
export function shortAlerts({ alerts }: Run): Run["alerts"] {
  return alerts.filter(
    ({ firedAt, resolvedAt }) => resolvedAt !== undefined && resolvedAt - firedAt < SOON_MS,
  );
}

/** How long after `from` (ms) an entity was first seen in trouble; undefined: never. */
export function seenAfter({ changes }: Run, entity: string, from: number): number | undefined {
  const isTrouble = (health: string) => health !== "healthy" && health !== "unknown";
  const before = changes.findLast((change) => change.entity === entity && change.at <= from);
  if (before !== undefined && isTrouble(before.health)) return 0;
  const first = changes.find(
    (change) => change.entity === entity && change.at > from && change.health !== "healthy",
  );
  return first === undefined ? undefined : first.at - from;
}

/** Services of the default fleet. */
export const SERVICES = [
  "api-gateway",
  "auth-service",
  "payment-service",
  "notification-svc",
  "reporting-service",
];

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function seedsUpTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** The lines of the table. */
export function* verdictFigures(count: number, only?: string): Generator<string> {
  const text = configText("default");
  const seeds = seedsUpTo(count);
  const wanted = (name: string) => only === undefined || only.split(",").includes(name);
  if (wanted("start")) {
    const steady = text.replace(/^ +failures: .*$/m, "");
    const early = seeds.map((seed) => runFleet(steady, seed, 6).changes);
    const bad = early.filter((changes) =>
      changes.some(({ health }) => ["degraded", "critical", "down"].includes(health)),
    );
    yield `start: ${bad.length} of ${count} seeds show trouble in the first 6 s`;
  }
  if (wanted("calm")) {
    const runs = seeds.map((seed) => runFleet(text, seed, 300));
    const steady = text.replace(/^ +failures: .*$/m, "");
    yield `calm: ${sum(runs.map(({ alerts }) => alerts.length))} alerts, ${sum(runs.map(refires))} again within 30 s, in ${count} x 5 min`;
    const calm = seeds.map((seed) => runFleet(steady, seed, 300));
    yield `calm without episodes: ${sum(calm.map(({ alerts }) => alerts.length))} alerts, ${sum(calm.map(({ changes }) => changes.filter(({ health }) => health !== "healthy").length))} verdicts that are not healthy`;
  }
  if (wanted("hour")) {
    const runs = seeds.map((seed) => runFleet(text, seed, 3_600));
    const lengths = runs.flatMap(({ alerts }) =>
      alerts.flatMap(({ firedAt, resolvedAt }) => (resolvedAt === undefined ? [] : [resolvedAt - firedAt])),
    );
    yield `hour: ${sum(runs.map(({ alerts }) => alerts.length))} alerts, ${sum(runs.map((run) => shortAlerts(run).length))} over within 30 s, the shortest after ${Math.min(...lengths) / 1000} s, in ${count} x 1 h`;
  }
  if (wanted("five")) {
    for (const entity of SERVICES) {
      const fault = { entity, kind: "errors", afterMs: 60_000, params: { error_rate: 5 }, ttlMs: 600_000 };
      const runs = seeds.map((seed) => runFleet(text, seed, 680, [fault]));
      const own = runs.map(({ alerts, ...rest }) => ({
        ...rest,
        alerts: alerts.filter((alert) => alert.entity === entity),
      }));
      const counts = own.map(({ alerts }) => alerts.length);
      yield `5 % errors on ${entity}: ${(sum(counts) / count).toFixed(2)} alerts a run, most ${Math.max(...counts)}, ${(sum(own.map(refires)) / count).toFixed(2)} again within 30 s`;
    }
  }
  if (wanted("flapping")) {
    for (const entity of SERVICES) {
      const fault = { entity, kind: "flapping", afterMs: 60_000 };
      const runs = seeds.map((seed) => runFleet(text, seed, 240, [fault]));
      const alerts = runs.flatMap((run) => run.alerts.filter((alert) => alert.entity === entity));
      const short = alerts.filter(
        ({ firedAt, resolvedAt }) => resolvedAt !== undefined && resolvedAt - firedAt < 5_000,
      );
      yield `flapping ${entity}: ${(alerts.length / count).toFixed(2)} alerts a run, ${(short.length / count).toFixed(2)} shorter than 5 s, ${(sum(runs.map(refires)) / count).toFixed(2)} again within 30 s`;
    }
  }
  if (wanted("faults")) {
    for (const kind of [...catalog.faults.values()].filter(({ accepts }) => accepts.includes("service"))) {
      const cells = SERVICES.map((entity) => {
        const fault: RunFault = { entity, kind: kind.kind, afterMs: 150_000 };
        const seen = seeds.flatMap((seed) => {
          try {
            const run = runFleet(text, seed, 175, [fault]);
            return [seenAfter(run, entity, 150_000)];
          } catch {
            return [];
          }
        });
        if (seen.length === 0) return "refused";
        const soon = seen.filter((ms) => ms !== undefined && ms <= 3_000).length;
        const ever = seen.filter((ms) => ms !== undefined).length;
        const sorted = seen.map((ms) => ms ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
        return `${soon}/${ever}/${seen.length} (${sorted[seen.length >> 1]! / 1000}s, max ${sorted.at(-1)! / 1000})`;
      });
      yield `${kind.kind.padEnd(15)} ${cells.join("  ")}`;
    }
  }
}
