import type { Transition } from "../../alerts/transition-log.ts";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { NotifyConfig, ReceiverConfig } from "../settings.ts";
import { type Decision, Draft } from "./decision.ts";
import { nextDigestAt, sendDigests } from "./digests.ts";
import { escalate, escalatesAt } from "./escalate.ts";
import { flush } from "./flush.ts";
import { type ChannelTraits, type Desk, episodeKey, episodeOf, type Group } from "./group.ts";
import { Groups } from "./groups.ts";
import { resend, resendsAt, tellAcknowledged } from "./keepers.ts";
import type { Memory } from "./memory.ts";
import { compileRoutes, type Route } from "./routes.ts";
import { alertSubject, incidentId, incidentSubject, type Subject } from "./subject.ts";
import { type IsOver, Survivors } from "./survivors.ts";

/** What is new: the transitions that were not read before, and the present state. */
export interface News {
  readonly transitions: readonly Transition[];
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly isOver: IsOver;
}

/** After these an alert is to be told again. */
const REOPENING: readonly string[] = ["unsilenced", "unsuppressed", "steady"];

export interface RouterSettings {
  readonly config: NotifyConfig;
  readonly channels: ReadonlyMap<string, ChannelTraits>;
}

/**
 * Decides who is told what and when: routes, groups, quiet hours, digests, escalation. A state machine: it reads
 * neither a clock nor the disk, and what it has to know after a restart is in its memory. `nextAt` says when time
 * alone makes something due; instants are ms since the epoch and never decrease.
 */
export class Router {
  readonly #memory: Memory;
  readonly #draft = new Draft();
  #desk: Desk;
  #routes: readonly Route[] = [];
  #receivers: ReadonlyMap<string, ReceiverConfig> = new Map();
  #groups: Groups;
  #channels: Map<string, ChannelTraits> = new Map();
  readonly #survivors: Survivors;
  #alerts = new Map<string, Alert>();
  #listed: readonly Alert[] | undefined;
  #incidents: readonly Incident[] = [];
  /** The names of incidents by their number in this run. */
  readonly #incidentIds = new Map<number, string>();

  constructor(settings: RouterSettings, memory: Memory, now: number) {
    this.#memory = memory;
    this.#desk = { memory, draft: this.#draft, channels: this.#channels };
    this.#groups = new Groups(this.#desk, now);
    this.#survivors = new Survivors(this.#desk, this.#groups, now);
    this.#configure(settings);
  }

  /** Applies a new config. Groups of routes that are still there go on; what fires is routed again. */
  configure(settings: RouterSettings, now: number): void {
    this.#configure(settings);
    for (const subject of this.#firing()) this.#groups.insert(this.#routes, subject, now);
  }

  /** What fires already is new to it; called once, before the first transition is read. */
  begin(news: News, now: number): void {
    this.#look(news);
    for (const subject of this.#firing()) this.#groups.insert(this.#routes, subject, now);
  }

  /** Reads what happened. */
  observe(news: News, now: number): void {
    const incidentsBefore = this.#incidents;
    this.#look(news);
    for (const { type, alert, actor } of news.transitions) {
      if (type === "fired" || type === "escalated")
        this.#groups.insert(this.#routes, alertSubject(alert), now);
      else if (type === "resolved") this.#ended(alertSubject(alert));
      else if (type === "expired") this.#groups.expire(alert.fingerprint);
      else if (type === "acknowledged") this.#acknowledged(alertSubject(alert), actor, now);
      else if (type === "unacknowledged") this.#unacknowledged(alertSubject(alert), now);
      else if (REOPENING.includes(type)) this.#reopened(alertSubject(alert), now);
      else if (isActive(alert)) this.#groups.renew(alertSubject(alert));
    }
    if (this.#incidents !== incidentsBefore) this.#observeIncidents(incidentsBefore, now);
    this.#survivors.look(this.#routes, news.isOver, now);
  }

  /** Does what is due. */
  advance(now: number): void {
    for (const group of this.#groups.all()) {
      const isDue = group.flushAt <= now;
      if (!isDue && this.#dueIn(group) > now) continue;
      this.#renew(group);
      if (isDue) {
        flush(this.#desk, group, now);
        this.#groups.flushed(group, now);
      }
      escalate(this.#desk, group, now);
      resend(this.#desk, group, now);
      this.#groups.release(group);
    }
    sendDigests(this.#desk, this.#receivers, now);
    this.#groups.clean(now);
  }

  /** When `advance` has something to do next, ms since the epoch; Infinity: not by time alone. */
  nextAt(): number {
    let next = Math.min(nextDigestAt(this.#desk), this.#groups.cleanAt);
    for (const group of this.#groups.all()) next = Math.min(next, group.flushAt, this.#dueIn(group));
    return next;
  }

  /** What was decided since the last call; undefined: nothing. */
  take(): Decision | undefined {
    return this.#draft.take(this.#memory.drain());
  }

  #configure({ config, channels }: RouterSettings): void {
    this.#receivers = new Map(config.receivers.map((receiver) => [receiver.name, receiver]));
    this.#routes = compileRoutes(config);
    this.#channels.clear();
    for (const [name, traits] of channels) this.#channels.set(name, traits);
    this.#groups.configure(this.#routes);
  }

  #look({ alerts, incidents }: News): void {
    if (alerts !== this.#listed) {
      this.#listed = alerts;
      this.#alerts = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
    }
    this.#incidents = incidents;
  }

  #firing(): readonly Subject[] {
    const alerts = [...this.#alerts.values()].filter(({ state }) => state === "firing");
    const incidents = this.#incidents.filter(({ state }) => state !== "resolved");
    return [...alerts.map(alertSubject), ...incidents.map((incident) => this.#incidentSubject(incident))];
  }

  #ended(subject: Subject): void {
    this.#groups.renew(subject);
    this.#withdraw(subject, "resolved meanwhile");
  }

  #acknowledged(subject: Subject, by: string, now: number): void {
    this.#groups.renew(subject);
    this.#withdraw(subject, `acknowledged by ${by}`);
    for (const group of this.#groups.of(subject.id)) {
      this.#rememberCarer(group, subject.id, by);
      tellAcknowledged(this.#desk, group, by, now);
    }
  }

  /** What only reminds of it need not be sent any more. */
  #withdraw({ id, alerts }: Subject, why: string): void {
    if ([...this.#groups.of(id)].length === 0) return;
    this.#draft.withdraw(
      alerts.map(({ fingerprint }) => fingerprint),
      why,
    );
  }

  #unacknowledged(subject: Subject, now: number): void {
    for (const group of this.#groups.of(subject.id)) this.#rememberCarer(group, subject.id, undefined);
    this.#reopened(subject, now);
  }

  #rememberCarer(group: Group, id: string, acknowledgedBy: string | undefined): void {
    const episode = episodeOf(this.#desk, group, id);
    if (episode === undefined || episode.acknowledgedBy === acknowledgedBy) return;
    this.#memory.set("episodes", episodeKey(group, id), { ...episode, acknowledgedBy });
  }

  /** The steps of escalation count anew. */
  #reopened(subject: Subject, now: number): void {
    this.#groups.renew(subject);
    for (const group of this.#groups.of(subject.id)) {
      const key = episodeKey(group, subject.id);
      const episode = this.#memory.get("episodes", key);
      if (episode?.escalateFrom === undefined) continue;
      this.#memory.set("episodes", key, { ...episode, escalateFrom: now, level: 0 });
    }
  }

  #observeIncidents(before: readonly Incident[], now: number): void {
    const known = new Map(before.map((incident) => [incident.id, incident]));
    for (const incident of this.#incidents) {
      const last = known.get(incident.id);
      known.delete(incident.id);
      if (incident === last) continue;
      const subject = this.#incidentSubject(incident);
      if (!subject.isFiring) {
        if (last !== undefined) this.#incidentEnded(incident, subject);
      } else if (last === undefined || last.state === "resolved" || last.severity !== incident.severity) {
        this.#groups.insert(this.#routes, subject, now);
      } else if (last.state !== incident.state) {
        if (incident.state === "acknowledged") this.#acknowledged(subject, subject.acknowledgedBy ?? "", now);
        else this.#unacknowledged(subject, now);
      }
    }
    for (const { id } of known.values()) {
      this.#groups.expire(this.#incidentIds.get(id) ?? "");
      this.#incidentIds.delete(id);
    }
  }

  /** Removed rules and entities are no recovery. */
  #incidentEnded(incident: Incident, subject: Subject): void {
    if (incident.endedBy === "removal") this.#groups.expire(subject.id);
    else this.#ended(subject);
  }

  #incidentSubject(incident: Incident): Subject {
    const id = this.#incidentIds.get(incident.id) ?? incidentId(incident);
    this.#incidentIds.set(incident.id, id);
    return incidentSubject(incident, id, (fingerprint) => this.#alerts.get(fingerprint));
  }

  /** Messages, marks and severities change without a transition. */
  #renew(group: Group): void {
    const incidents = new Map(
      this.#incidents.map((incident) => [this.#incidentIds.get(incident.id), incident]),
    );
    for (const { subject, held } of [...group.members.values()]) {
      if (!subject.isFiring) continue;
      const newest = this.#newest(subject, incidents);
      if (newest !== undefined) group.members.set(subject.id, { subject: newest, held });
    }
  }

  #newest(subject: Subject, incidents: ReadonlyMap<string | undefined, Incident>): Subject | undefined {
    if (subject.incident !== undefined) {
      const incident = incidents.get(subject.id);
      return incident === undefined ? undefined : this.#incidentSubject(incident);
    }
    const alert = this.#alerts.get(subject.id);
    return alert !== undefined && isActive(alert) ? alertSubject(alert) : undefined;
  }

  #dueIn(group: Group): number {
    let next = resendsAt(this.#desk, group);
    for (const { subject } of group.members.values()) {
      next = Math.min(next, escalatesAt(this.#desk, group, subject));
    }
    return next;
  }
}

function isActive({ state }: Alert): boolean {
  return state === "pending" || state === "firing";
}
