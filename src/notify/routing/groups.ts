import { channelsOf } from "./audience.ts";
import { rank } from "./compose.ts";
import { idsOf } from "./flush.ts";
import { type Desk, episodeKey, type Group, groupKeyOf, remember, toldKey, without } from "./group.ts";
import { groupLabels, type Route, routesFor } from "./routes.ts";
import type { Subject } from "./subject.ts";

/** How often groups without subjects are removed, ms: as in Alertmanager (dispatch.go). */
const CLEAN_MS = 30_000;

/** The groups of all routes, with the timing of Alertmanager (dispatch.go, aggrGroup). */
export class Groups {
  readonly #desk: Desk;
  readonly #groups = new Map<string, Group>();
  /** The groups of a subject. */
  readonly #of = new Map<string, Set<Group>>();
  #cleanAt: number;

  constructor(desk: Desk, now: number) {
    this.#desk = desk;
    this.#cleanAt = now + CLEAN_MS;
  }

  all(): Iterable<Group> {
    return this.#groups.values();
  }

  of(id: string): Iterable<Group> {
    return this.#of.get(id) ?? [];
  }

  /** Every subject, once. */
  subjects(): readonly string[] {
    return [...this.#of.keys()];
  }

  /** Adds a subject to the groups of its routes, or renews it there. */
  insert(routes: readonly Route[], subject: Subject, now: number): void {
    for (const route of routesFor(routes, subject))
      this.join(route, groupLabels(route, subject), subject, now);
  }

  join(route: Route, labels: Readonly<Record<string, string>>, subject: Subject, now: number): void {
    const key = groupKeyOf(route, labels);
    const members = new Map();
    const flushAt = Number.POSITIVE_INFINITY;
    const group = this.#groups.get(key) ?? {
      key,
      labels,
      route,
      members,
      flushAt,
      hasFlushed: false,
      toldRank: -1,
    };
    this.#groups.set(key, group);
    const before = group.members.get(subject.id);
    // What was noted about one that has ended does not concern the next time it fires.
    const held = before?.subject.isFiring === true ? before.held : new Set<string>();
    group.members.set(subject.id, { subject, held });
    const groups = this.#of.get(subject.id) ?? new Set();
    this.#of.set(subject.id, groups.add(group));
    const waitMs = route.config.groupWaitMs[subject.severity];
    if (!group.hasFlushed) {
      // What has been firing for longer than the wait, such as after a restart, does not wait again.
      group.flushAt = Math.min(group.flushAt, Math.max(now, subject.firedAt + waitMs));
    } else if (subject.isFiring && rank(subject.severity) > group.toldRank) {
      // A page must not wait for minutes because a warning of its group was told a moment ago.
      group.flushAt = Math.min(group.flushAt, now + waitMs);
    }
  }

  /** Gives a subject its newest state, wherever it is. */
  renew(subject: Subject): void {
    for (const group of this.of(subject.id)) {
      const { held } = group.members.get(subject.id)!;
      group.members.set(subject.id, { subject, held });
    }
  }

  /** Its end is not known: it is told to nobody, and forgotten. */
  expire(id: string): void {
    for (const group of [...this.of(id)]) {
      this.forgetTold(group, id);
      this.#leave(group, id);
    }
  }

  /** Nobody is told about the end of a subject. */
  forgetTold(group: Group, id: string): void {
    const { memory } = this.#desk;
    const ids = new Set([id]);
    for (const { receiver } of group.route.audience) {
      for (const channel of channelsOf(receiver)) {
        const key = toldKey(group, receiver.name, channel);
        const told = memory.get("told", key);
        if (told?.firing[id] === undefined && told?.ended[id] === undefined) continue;
        remember(this.#desk, key, {
          ...told,
          firing: without(told.firing, ids),
          ended: without(told.ended, ids),
        });
      }
    }
  }

  /** After a flush: the next one is due an interval later, and what has ended leaves once that was told. */
  flushed(group: Group, now: number): void {
    group.flushAt = now + group.route.config.groupIntervalMs;
    group.hasFlushed = true;
    for (const { subject } of group.members.values()) {
      const isTold = subject.isFiring && subject.muted === undefined;
      if (isTold) group.toldRank = Math.max(group.toldRank, rank(subject.severity));
    }
    this.release(group);
  }

  /** Lets go of what has ended and need not be told any more. */
  release(group: Group): void {
    const ended = [...group.members.values()].filter(({ subject }) => !subject.isFiring);
    if (ended.length === 0) return;
    const awaited = new Set<string>();
    for (const { receiver } of group.route.audience) {
      for (const channel of channelsOf(receiver)) {
        const told = this.#desk.memory.get("told", toldKey(group, receiver.name, channel));
        for (const id of Object.keys({ ...told?.firing, ...told?.ended })) awaited.add(id);
      }
    }
    for (const id of idsOf(ended.map(({ subject }) => subject))) if (!awaited.has(id)) this.#leave(group, id);
  }

  get cleanAt(): number {
    return this.#groups.size === 0 ? Number.POSITIVE_INFINITY : this.#cleanAt;
  }

  /** Removes empty groups: the next alert of one waits for its group wait again. */
  clean(now: number): void {
    if (now < this.#cleanAt) return;
    this.#cleanAt += Math.ceil((now - this.#cleanAt + 1) / CLEAN_MS) * CLEAN_MS;
    for (const [key, { members }] of this.#groups) if (members.size === 0) this.#groups.delete(key);
  }

  /** Applies the routes of a new config: groups of routes that are still there go on. */
  configure(routes: readonly Route[]): void {
    const byId = new Map(routes.map((route) => [route.id, route]));
    for (const [key, group] of this.#groups) {
      const route = byId.get(group.route.id);
      if (route !== undefined) group.route = route;
      else {
        for (const id of [...group.members.keys()]) this.#leave(group, id);
        this.#groups.delete(key);
      }
    }
  }

  #leave(group: Group, id: string): void {
    group.members.delete(id);
    this.#desk.memory.set("episodes", episodeKey(group, id), undefined);
    const groups = this.#of.get(id);
    groups?.delete(group);
    if (groups?.size === 0) this.#of.delete(id);
  }
}
