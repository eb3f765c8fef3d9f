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
import { Timeline } from "./timeline.ts";
import type { ServiceSnapshot, Snapshot } from "./types.ts";
import { nextVerdict, noVerdict, type Verdict } from "./verdict.ts";

/** A service that is watched. */
interface Watch {
  readonly config: ServiceConfig;
  readonly cadenceMs: number;
  readonly breakable: true | string;
  /** Since when it is looked at without a gap. */
  watchedSince: number;
  /** How it was judged over time. */
  readonly verdicts: Timeline<Verdict>;
}

/** The same with what the newest tick made of it. */
interface Member extends Watch {
  verdict: Verdict;
  snapshot: ServiceSnapshot;
}

type FleetSnapshot = Pick<Snapshot, "health" | "counts" | "services">;
type Seen = Pick<ServiceSnapshot, "stats" | "gauges" | "counters" | "failures" | "lastSeenAt">;

/** Changes of verdict that are kept of a service; a troubled one says new numbers with every tick. */
const VERDICTS = 4_000;

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
      const watch: Watch = {
        config: service,
        cadenceMs: kind.cadenceMs(service.options),
        breakable: kind.breakable,
        watchedSince,
        verdicts: before?.verdicts ?? new Timeline(VERDICTS),
      };
      const reading = read(watch, newestAt);
      const verdict = judge(watch, before?.verdict ?? noVerdict(newestAt), reading);
      members.set(service.name, { ...watch, verdict, snapshot: picture(watch, verdict, seenNow(reading)) });
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
      member.verdict = judge(member, member.verdict, reading);
      member.verdicts.note(now, member.verdict);
      member.snapshot = picture(member, member.verdict, seenNow(reading));
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

  function read({ config: { name, windowMs }, cadenceMs, watchedSince }: Watch, now: number): ServiceReading {
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

  function judge({ config: { name, thresholds } }: Watch, before: Verdict, reading: ServiceReading): Verdict {
    const assessed = assessHealth(reading, thresholds, reading.at);
    return nextVerdict(before, reading.at, assessed, sources.problem(name));
  }

  function seenNow({ service, at, stats, gauges, lastSeenAt }: ServiceReading): Seen {
    const counters = store.counterRates(service, stats.windowMs, at);
    return { stats, gauges, counters, lastSeenAt, failures: store.failures(service) };
  }

  /** What the store still knows of an instant that is over. */
  function seenAt({ config: { name, windowMs } }: Watch, at: number): Seen {
    const stats = store.stats(name, windowMs, at);
    const gauges = new Map<string, GaugeReading>();
    for (const gauge of store.gauges(name).keys()) {
      const value = store.gaugeSeries(name, gauge, at - windowMs, at, 1)[0]!;
      if (!Number.isNaN(value)) gauges.set(gauge, { value, at });
    }
    const failures = store.failures(name).filter((failure) => failure.at <= at);
    const wasSeen = stats.requestCount + stats.checkCount + gauges.size > 0;
    const counters = store.counterRates(name, windowMs, at);
    return { stats, gauges, counters, failures, lastSeenAt: wasSeen ? at : undefined };
  }

  function picture(
    { config: { name, source, labels, thresholds }, breakable }: Watch,
    verdict: Verdict,
    seen: Seen,
  ): ServiceSnapshot {
    return {
      ...verdict,
      ...seen,
      name,
      source,
      labels,
      thresholds,
      cpu: seen.gauges.get(CPU)?.value,
      memory: seen.gauges.get(MEMORY)?.value,
      calls: graph.callsOf(name),
      calledBy: graph.callersOf(name),
      breakable,
    };
  }

  const summary = (services: readonly ServiceSnapshot[]): FleetSnapshot => {
    const counts = Object.fromEntries(HEALTHS.map((health) => [health, 0])) as Record<Health, number>;
    for (const { health } of services) counts[health] += 1;
    return { health: worstHealth(services.map(({ health }) => health)), counts, services };
  };

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
    snapshot: (): FleetSnapshot => summary([...members.values()].map((member) => member.snapshot)),
    /** The worst health in each of `points` equal slots; see Snapshot. */
    healths(service: string, from: number, to: number, points: number): readonly Health[] {
      const verdicts = members.get(service)?.verdicts;
      const step = (to - from) / points;
      return Array.from({ length: points }, (_, slot) => {
        const judged = verdicts?.within(from + slot * step, from + (slot + 1) * step) ?? [];
        return worstHealth(Array.from(judged, ({ health }) => health));
      });
    },
    /** The fleet as it stood at an instant that is over; before it was watched, everything is unknown. */
    snapshotAt(at: number): FleetSnapshot {
      return summary(
        [...members.values()].map((member) =>
          picture(member, member.verdicts.at(at) ?? noVerdict(at), seenAt(member, at)),
        ),
      );
    },
  };
}

export type Fleet = ReturnType<typeof createFleet>;
