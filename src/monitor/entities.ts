import type { Catalog } from "../catalog/index.ts";
import type { Config, EntityConfig, OriginConfig } from "../config/types.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Gap } from "../core/gaps.ts";
import { HEALTHS, type Health, worstHealth } from "../core/health.ts";
import type { Limits } from "../core/measure.ts";
import { isTurn } from "../core/sliced-work.ts";
import { EntityMeasures, ReadPlans } from "../measures/entity-measures.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Store } from "../store/types.ts";
import type { EntityDeclaration } from "../worlds/types.ts";
import type { EventLog } from "./event-log.ts";
import { createLinkGraph, type LinkGraph } from "./links.ts";
import {
  createMember,
  FRESH_MS,
  type Member,
  type Observed,
  observedAt,
  readMember,
  seenBy,
} from "./member.ts";
import type { Transitions } from "./past/transitions.ts";
import type { EntitySnapshot, Snapshot } from "./types.ts";
import { forgottenVerdict, nextVerdict, notObservedVerdict, noVerdict, type Verdict } from "./verdict.ts";

type FleetSnapshot = Pick<Snapshot, "health" | "counts" | "entities">;

/** A window covers at least this many observations: percentiles of few values mean little. */
const OBSERVATIONS_PER_WINDOW = 20;

export interface EntitiesParts {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly events: EventLog;
  /** The problem of an entity's origin, if any, for values of a window that ends at `at`. */
  readonly problemOf: (entity: string, windowMs: number, at: number) => string | undefined;
  /** When the monitor did not run. */
  readonly gaps: () => readonly Gap[];
  readonly transitions: Transitions;
}

/** The monitored entities: reads and assesses them and logs changes. */
export class Entities {
  readonly #parts: EntitiesParts;
  readonly #plans = new ReadPlans();
  #config: Config | undefined;
  #members = new Map<string, Member>();
  /** Undefined after entities were added or removed. */
  #graph: LinkGraph | undefined;
  #newestAt: number;

  constructor(parts: EntitiesParts, startedAt: number) {
    this.#parts = parts;
    this.#newestAt = startedAt;
  }

  /**
   * Applies a config at `now` (ms since the epoch), in slices. Entities that keep name, kind and origin keep their
   * history.
   * @returns the names of removed entities and of those whose kind or origin changed
   */
  *configure(config: Config, now: number): Generator<void, string[]> {
    const before = new Map(this.#members);
    const members = new Map<string, Member>();
    this.#newestAt = Math.max(this.#newestAt, now);
    const origins = new Map(
      config.origins.flatMap((origin) => origin.entities.map((name) => [name, origin] as const)),
    );
    const ended: string[] = [];
    for (const [nth, entity] of config.entities.entries()) {
      const known = before.get(entity.name);
      before.delete(entity.name);
      const origin = origins.get(entity.name)!;
      const isSame =
        known?.config.kind === entity.kind &&
        known.origin.name === origin.name &&
        known.origin.kind === origin.kind;
      if (known !== undefined && !isSame) {
        ended.push(entity.name);
        this.#parts.store.remove(entity.name);
      }
      if (!isSame) this.#parts.transitions.forgetVerdicts(entity.name);
      members.set(entity.name, this.#member(entity, origin, isSame ? known : undefined));
      if (isTurn(nth)) yield;
    }
    for (const member of before.values()) {
      // Discovered entities stay as long as their origin, which retires them.
      if (this.#isStillDiscovered(member, config)) members.set(member.config.name, member);
      else {
        ended.push(member.config.name);
        this.#parts.store.remove(member.config.name);
      }
    }
    this.#config = config;
    this.#members = members;
    this.#graph = undefined;
    let nth = 0;
    for (const member of members.values()) {
      this.#judgeAgain(member);
      if (isTurn(nth++)) yield;
    }
    return ended;
  }

  /** An origin discovered an entity, or declares a known one again. */
  discovered(originName: string, entity: EntityDeclaration): void {
    const config = this.#config!;
    const origin = config.origins.find(({ name }) => name === originName);
    if (origin === undefined) return;
    this.#graph = undefined;
    const member = this.#member(
      {
        ...entity,
        labels: entity.labels ?? {},
        windowMs: Math.max(config.windowMs, OBSERVATIONS_PER_WINDOW * entity.cadenceMs),
        limits: config.kinds[entity.kind]?.limits ?? {},
        staleAfterMs: undefined,
      },
      origin,
      this.#members.get(entity.name),
    );
    this.#members.set(entity.name, member);
    this.#judgeAgain(member);
  }

  retired(name: string): void {
    if (!this.#members.delete(name)) return;
    this.#graph = undefined;
    this.#parts.store.remove(name);
  }

  /** Reads and assesses all entities at `now`, in slices. */
  *assess(now: number): Generator<void, readonly EntityReading[]> {
    this.#newestAt = now;
    const readings: EntityReading[] = [];
    for (const member of this.#members.values()) {
      const reading = this.#read(member, now);
      const { health: before } = member.snapshot!;
      const { health, reasons, name } = this.#judge(member, reading, now);
      const isFirstSight = !member.wasKnown && health === "healthy";
      member.wasKnown ||= health !== "unknown";
      if (health !== before && !isFirstSight && !isEffectOfGap(member, health)) {
        const why = reasons.length > 0 ? `: ${reasons.join(", ")}` : "";
        const change = `${before.toUpperCase()} -> ${health.toUpperCase()}`;
        this.#parts.events.add(now, "health", name, `${name} ${change}${why}`, health);
      }
      readings.push(health === "unknown" ? { ...reading, unknown: reasons[0]! } : reading);
      if (isTurn(readings.length)) yield;
    }
    return readings;
  }

  /** The monitor did not run: nothing is known about this time, and no health lasted through it. */
  notObserved(gap: Gap): void {
    for (const member of this.#members.values()) {
      const { verdict, config } = member;
      this.#parts.transitions.judged(config.name, gap.from, notObservedVerdict(gap));
      member.healthBeforeGap = verdict.health;
      member.verdict = { ...verdict, healthSince: gap.to };
    }
  }

  /** Starts the monitored time of these entities anew: their origin was opened. */
  observedFrom(now: number, names: Iterable<string>): void {
    for (const name of names) {
      const member = this.#members.get(name);
      if (member === undefined) continue;
      member.watchedSince = now;
      this.#parts.store.observedFrom(name, now);
    }
  }

  get(name: string): Member | undefined {
    return this.#members.get(name);
  }

  /** All entities that depend on this one. */
  affectedBy(name: string): ReadonlySet<string> {
    return this.#links().affectedBy(name);
  }

  /** All entities that this one depends on. */
  dependenciesOf(name: string): ReadonlySet<string> {
    return this.#links().dependenciesOf(name);
  }

  /** The limits of a kind for entities without their own. */
  limitsOf(kind: string): Readonly<Record<string, Limits>> {
    return this.#config?.kinds[kind]?.limits ?? {};
  }

  /** Reads measures of the fleet, which is not an entity. */
  measuresOf(name: string, kind: EntityKind): EntityMeasures {
    return new EntityMeasures(name, kind, this.#parts.store, this.#plans, this.limitsOf(kind.kind), FRESH_MS);
  }

  snapshot(): FleetSnapshot {
    return summary([...this.#members.values()].map(({ snapshot }) => snapshot!));
  }

  /**
   * The fleet at a past instant, with the health that was judged then.
   * @param tickAt the tick that was the newest then, or the same instant in a gap
   */
  snapshotAt(at: number, tickAt: number): FleetSnapshot {
    const { store } = this.#parts;
    return summary(
      [...this.#members.values()].map((member) => {
        const values = member.measures.values(member.config.windowMs, tickAt);
        member.baselines?.recall(values, tickAt);
        const observed = observedAt(member, store, tickAt, values, seenBy(values, tickAt));
        return this.#snapshotOf(member, this.verdictAt(member.config.name, at), observed);
      }),
    );
  }

  verdictAt(name: string, at: number): Verdict {
    const verdict = this.#parts.transitions.verdictAt(name, at);
    if (verdict === "forgotten") return forgottenVerdict(at);
    return verdict ?? noVerdict(at);
  }

  #member(config: EntityConfig, origin: OriginConfig, known: Member | undefined): Member {
    const { catalog, store } = this.#parts;
    return createMember(config, origin, known, this.#newestAt, { catalog, store, plans: this.#plans });
  }

  /** Assesses an entity outside the ticks. */
  #judgeAgain(member: Member): void {
    this.#judge(member, this.#read(member, this.#newestAt), this.#newestAt, member.snapshot !== undefined);
  }

  #read(member: Member, now: number): EntityReading {
    return readMember(member, this.#parts.store, now, this.#parts.gaps());
  }

  #isStillDiscovered({ config, origin }: Member, next: Config): boolean {
    const wasListed = origin.entities.includes(config.name);
    return !wasListed && next.origins.some(({ name, kind }) => name === origin.name && kind === origin.kind);
  }

  /** @param remember false for the initial assessment: the history starts with the first tick */
  #judge(member: Member, reading: EntityReading, now: number, remember = true): EntitySnapshot {
    const { name, windowMs } = member.config;
    const { store, problemOf, transitions } = this.#parts;
    const assessment = member.judge.assess(reading);
    member.verdict = nextVerdict(member.verdict, now, assessment, problemOf(name, windowMs, now));
    if (remember) transitions.judged(name, now, member.verdict);
    const { values, lastSeenAt } = reading;
    const observed = observedAt(member, store, now, values, lastSeenAt);
    member.snapshot = this.#snapshotOf(member, member.verdict, observed);
    return member.snapshot;
  }

  #snapshotOf({ config, origin, breakable }: Member, verdict: Verdict, observed: Observed): EntitySnapshot {
    const { name, kind, labels, links, windowMs, limits } = config;
    return {
      ...verdict,
      ...observed,
      name,
      kind,
      origin: origin.name,
      labels,
      links,
      linkedFrom: this.#links().linksTo(name),
      windowMs,
      limits,
      breakable,
    };
  }

  #links(): LinkGraph {
    this.#graph ??= createLinkGraph(
      new Map([...this.#members.values()].map(({ config }) => [config.name, config.links])),
    );
    return this.#graph;
  }
}

/** After a gap an entity may be unknown until its window fills; neither this nor the way back is news. */
function isEffectOfGap(member: Member, health: Health): boolean {
  if (member.healthBeforeGap === undefined) return false;
  if (health === "unknown") return true;
  const same = health === member.healthBeforeGap;
  member.healthBeforeGap = undefined;
  return same;
}

function summary(entities: readonly EntitySnapshot[]): FleetSnapshot {
  const counts = Object.fromEntries(HEALTHS.map((health) => [health, 0])) as Record<Health, number>;
  for (const { health } of entities) counts[health] += 1;
  return { health: worstHealth(entities.map(({ health }) => health)), counts, entities };
}
