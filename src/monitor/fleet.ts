import { evaluateRules, type RuleInstance } from "../alerts/evaluate.ts";
import type { Config, ServiceConfig } from "../config/types.ts";
import { HEALTHS, type Health, worstHealth } from "../core/health.ts";
import { CPU, MEMORY } from "../core/observation.ts";
import type { GaugeReading, ServiceReading } from "../core/reading.ts";
import { assessHealth } from "../health/assess.ts";
import { sourceKind } from "../sources/index.ts";
import type { Store } from "../store/types.ts";
import { type CallGraph, createCallGraph } from "./call-graph.ts";
import type { EventLog } from "./event-log.ts";
import type { Condition } from "./fault-cards.ts";
import type { Sources } from "./sources.ts";
import type { ServiceSnapshot, Snapshot } from "./types.ts";

/** A service as the monitor keeps it between ticks. */
interface Member {
  config: ServiceConfig;
  cadenceMs: number;
  breakable: true | string;
  /** Since when it is looked at without a gap. */
  watchedSince: number;
  snapshot: ServiceSnapshot;
}

export interface FleetParts {
  readonly store: Store;
  readonly sources: Sources;
  readonly events: EventLog;
  readonly startedAt: number;
  readonly live: boolean;
}

/** The watched services: reads them, judges them, and says what changed. */
export function createFleet({ store, sources, events, startedAt, live }: FleetParts) {
  /** A rule that fails does so at every tick; it is told once. */
  const toldProblems = new Set<string>();
  let config: Config;
  let graph: CallGraph;
  let members = new Map<string, Member>();
  let newestAt = startedAt;

  /** Takes over a config. Services that keep their name and source keep their history. */
  function configure(next: Config): void {
    const kept = members;
    config = next;
    members = new Map();
    graph = createCallGraph(
      new Map(next.services.map(({ name, source, options }) => [name, sourceKind(source).calls(options)])),
    );
    for (const service of next.services) {
      const before = kept.get(service.name);
      kept.delete(service.name);
      if (before && before.config.source !== service.source) store.remove(service.name);
      store.recorder(service.name);
      const kind = sourceKind(service.source);
      const watchedSince = before?.watchedSince ?? newestAt;
      const member = {
        config: service,
        cadenceMs: kind.cadenceMs(service.options),
        breakable: kind.breakable,
        watchedSince,
      };
      const seed = before?.snapshot ?? blank(newestAt);
      members.set(service.name, { ...member, snapshot: picture(member, seed, read(member, newestAt)) });
    }
    for (const name of kept.keys()) store.remove(name);
  }

  /** Reads and judges every service at `now`. */
  function assess(now: number): readonly ServiceReading[] {
    newestAt = now;
    const readings: ServiceReading[] = [];
    for (const member of members.values()) {
      const reading = read(member, now);
      const before = member.snapshot;
      member.snapshot = picture(member, before, reading);
      const { health, reasons, name } = member.snapshot;
      const wasSilent = before.health === "unknown" && before.lastSeenAt === undefined;
      if (health !== before.health && !(wasSilent && health === "healthy")) {
        const why = reasons.length > 0 ? `: ${reasons.join(", ")}` : "";
        const change = `${before.health.toUpperCase()} -> ${health.toUpperCase()}`;
        events.add(now, "health", name, `${name} ${change}${why}`, health);
      }
      readings.push(reading);
    }
    return readings;
  }

  function read(
    { config: { name, windowMs }, cadenceMs, watchedSince }: Omit<Member, "snapshot">,
    now: number,
  ): ServiceReading {
    const seen = store.lastSeen(name);
    return {
      service: name,
      at: now,
      stats: store.stats(name, windowMs, now),
      gauges: store.gauges(name),
      lastSeenAt: seen.any,
      lastHeartbeatAt: seen.heartbeat,
      lastPassAt: seen.pass,
      lastCheckAt: seen.check,
      watchedSince,
      cadenceMs,
    };
  }

  function picture(
    member: Omit<Member, "snapshot">,
    before: Pick<ServiceSnapshot, "health" | "healthSince">,
    reading: ServiceReading,
  ): ServiceSnapshot {
    const { name, source, labels, thresholds } = member.config;
    const problem = sources.problem(name);
    const verdict = assessHealth(reading, thresholds, reading.at);
    const health = problem === undefined ? verdict.health : "unknown";
    return {
      name,
      source,
      labels,
      health,
      reasons: problem === undefined ? verdict.reasons : [problem],
      healthSince: health === before.health ? before.healthSince : reading.at,
      stats: reading.stats,
      thresholds,
      cpu: reading.gauges.get(CPU)?.value,
      memory: reading.gauges.get(MEMORY)?.value,
      gauges: valuesOf(reading.gauges),
      lastSeenAt: reading.lastSeenAt,
      calls: graph.callsOf(name),
      calledBy: graph.callersOf(name),
      failures: store.failures(name),
      breakable: member.breakable,
      problem,
    };
  }

  return {
    configure,
    assess,
    /** The configured rules over readings, one instance per rule and service. */
    ruleInstances(readings: readonly ServiceReading[], now: number): readonly RuleInstance[] {
      // In virtual time nobody looks at real services: that they were never seen is no news.
      const watched = live ? readings : readings.filter(({ lastSeenAt }) => lastSeenAt !== undefined);
      const { instances, problems } = evaluateRules(config.rules, watched, now);
      for (const { rule, service, problem } of problems) {
        const key = `${rule} cannot judge ${service}: ${problem}`;
        if (!toldProblems.has(key)) events.add(now, "monitor", service, key, "degraded");
        toldProblems.add(key);
      }
      return instances;
    },
    /** After a sleep of the machine: nothing counts as missing for the time in which nobody looked. */
    woke(now: number): void {
      for (const member of members.values()) member.watchedSince = now;
    },
    get: (service: string): ServiceSnapshot | undefined => members.get(service)?.snapshot,
    windowOf: (service: string): number => members.get(service)?.config.windowMs ?? config.windowMs,
    upstreamOf: (service: string): ReadonlySet<string> => graph.upstreamOf(service),
    condition(service: string): Condition {
      const member = members.get(service);
      // A service that a new config dropped cannot hold a story open.
      return member
        ? { health: member.snapshot.health, p99: member.snapshot.stats.p99 }
        : { health: "healthy", p99: 0 };
    },
    snapshot(): Pick<Snapshot, "health" | "counts" | "services"> {
      const services = [...members.values()].map((member) => member.snapshot);
      const counts = Object.fromEntries(HEALTHS.map((health) => [health, 0])) as Record<Health, number>;
      for (const { health } of services) counts[health] += 1;
      return { health: worstHealth(services.map(({ health }) => health)), counts, services };
    },
  };
}

export type Fleet = ReturnType<typeof createFleet>;

function blank(at: number): Pick<ServiceSnapshot, "health" | "healthSince"> {
  return { health: "unknown", healthSince: at };
}

function valuesOf(gauges: ReadonlyMap<string, GaugeReading>): ReadonlyMap<string, number> {
  return new Map([...gauges].map(([name, { value }]) => [name, value]));
}
