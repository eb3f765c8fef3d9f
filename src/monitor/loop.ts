import type { AlertEngine } from "../alerts/engine.ts";
import { shownSample } from "../alerts/trial/shares.ts";
import { tryRule } from "../alerts/trial/try-rule.ts";
import type { Catalog } from "../catalog/index.ts";
import type { Config, OriginConfig } from "../config/types.ts";
import { type Cancel, type Clock, nextMultiple, type Tick } from "../core/clock.ts";
import type { Gap } from "../core/gaps.ts";
import { Log } from "../core/log.ts";
import { atOnce, SlicedWork, type Work } from "../core/sliced-work.ts";
import { formatDuration } from "../core/text.ts";
import type { ActiveFaults } from "../faults/active.ts";
import type { Store } from "../store/types.ts";
import type { EntityDeclaration } from "../worlds/types.ts";
import { Alerting } from "./alerting.ts";
import { ClockNotes } from "./clock-notes.ts";
import { Dispatcher } from "./dispatch.ts";
import { Entities } from "./entities.ts";
import { createEventLog } from "./event-log.ts";
import { FaultReports } from "./fault-reports.ts";
import { createHistory } from "./history.ts";
import { Lag } from "./lag.ts";
import { type AlertNotifier, Notifying } from "./notifying.ts";
import { Origins } from "./origins.ts";
import { IncidentLog } from "./past/incident-log.ts";
import { TickLog } from "./past/tick-log.ts";
import { Transitions } from "./past/transitions.ts";
import { PublishedValues } from "./published.ts";
import { type LoopState, Snapshots } from "./snapshots.ts";
import { Subscribers } from "./subscribers.ts";
import {
  type ConfigState,
  FLEET,
  type Kinds,
  LOCAL_OPERATOR,
  type Monitor,
  type RuleTrialStep,
  type Snapshot,
} from "./types.ts";

/** The dependencies of a monitor, created by its owner, so that each part can be replaced or persisted. */
export interface MonitorParts {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly faults: ActiveFaults;
  readonly alerts: AlertEngine;
}

export interface MonitorOptions {
  readonly config: Config;
  /** Display name of the config. */
  readonly configName: string;
  readonly clock: Clock;
  /** False in headless runs on a virtual clock, which observe nothing outside the process. */
  readonly live: boolean;
  /** The log of the monitor itself. Absent: nothing is logged. */
  readonly log?: Log;
  /** Absent: nobody is told about alerts. */
  readonly notifier?: AlertNotifier;
}

/** A shorter gap is lag: it is shown as such, and what was judged before it still holds, ms. */
const SHOWN_GAP_MS = 2_000;

/** The tick loop. It runs observation, health, rules and fault reports, in that order. */
export class MonitorLoop implements Monitor {
  readonly kinds: Kinds;
  readonly history;
  readonly #parts: MonitorParts;
  readonly #options: MonitorOptions;
  readonly #startedAt: number;
  readonly #log: Log;
  readonly #events;
  readonly #lag = new Lag();
  readonly #transitions = new Transitions();
  readonly #incidents = new IncidentLog();
  readonly #tickLog = new TickLog();
  readonly #clockNotes: ClockNotes;
  readonly #snapshots: Snapshots;
  readonly #subscribers = new Subscribers((message) =>
    this.#logMonitor(
      this.#current.at,
      `a screen or an export failed and is no longer updated: ${message}`,
      "degraded",
    ),
  );
  readonly #origins: Origins;
  readonly #entities: Entities;
  readonly #published: PublishedValues;
  readonly #reports: FaultReports;
  readonly #alerting: Alerting;
  readonly #notifying: Notifying;
  readonly #dispatcher: Dispatcher;
  /** The tick or the reload that is under way: of a large fleet they take longer than keys should wait. */
  readonly #work: SlicedWork;
  /** Since the newest tick. */
  readonly #newGaps: Gap[] = [];
  #config: Config;
  #configState: ConfigState;
  #ticks = 0;
  #tickTookMs = 0;
  #cancelTick: Cancel = () => {};
  #which: (origin: OriginConfig) => boolean = () => true;
  /** The instant of the tick that runs, or of the newest one. */
  #tickAt: number;
  #current: Snapshot;

  constructor(parts: MonitorParts, options: MonitorOptions) {
    const { catalog, store, faults } = parts;
    const { config, configName, clock, live } = options;
    this.#parts = parts;
    this.#options = options;
    this.#config = config;
    this.#log = options.log ?? new Log(() => clock.now(), "off");
    this.#events = createEventLog(this.#log);
    this.#configState = { name: configName, problem: undefined };
    this.#work = new SlicedWork(clock);
    this.#clockNotes = new ClockNotes(clock);
    this.#startedAt = clock.now();
    this.#tickAt = this.#startedAt;
    // Set the time first: without it the store would accept any timestamp.
    store.advance(this.#startedAt);
    this.kinds = {
      entities: catalog.entities,
      faults: [...catalog.faults.values()],
      actions: [...catalog.actions.values()],
    };
    this.#entities = new Entities(
      {
        catalog,
        store,
        events: this.#events,
        problemOf: (entity, windowMs, at) => this.#origins.problem(entity, windowMs, at, this.#lag.gaps),
        gaps: () => this.#lag.gaps,
        transitions: this.#transitions,
      },
      this.#startedAt,
    );
    this.#published = new PublishedValues(store, catalog.entities.values(), (kind, at) =>
      this.#entities.measuresOf(FLEET, kind).values(this.#config.windowMs, at),
    );
    this.#origins = new Origins({
      catalog,
      store,
      faults,
      clock,
      live,
      discovered: (origin, entity) => this.#discovered(origin, entity),
      retired: (entity) => this.#retired(entity),
    });
    // A fault that ended between two ticks is known from the later one on.
    this.#reports = new FaultReports((card, at) =>
      this.#transitions.faultChanged(card, Math.max(at, this.#tickAt)),
    );
    this.#alerting = new Alerting(
      {
        alerts: parts.alerts,
        catalog,
        entities: this.#entities,
        events: this.#events,
        reports: this.#reports,
        transitions: this.#transitions,
        incidents: this.#incidents,
        isObserved: (entity) => this.#isObserved(entity),
      },
      config,
    );
    this.#notifying = new Notifying(options.notifier, parts.alerts, this.#alerting, this.#events);
    this.#dispatcher = new Dispatcher({
      catalog,
      clock,
      alerts: parts.alerts,
      faults,
      reports: this.#reports,
      events: this.#events,
      entities: this.#entities,
      origins: this.#origins,
      alerting: this.#alerting,
      notifier: options.notifier,
    });
    this.#snapshots = new Snapshots({
      startedAt: this.#startedAt,
      store,
      alerts: parts.alerts,
      entities: this.#entities,
      alerting: this.#alerting,
      notifying: this.#notifying,
      reports: this.#reports,
      events: this.#events,
      transitions: this.#transitions,
      incidents: this.#incidents,
      tickLog: this.#tickLog,
      lag: this.#lag,
      log: this.#log,
    });
    this.history = createHistory(
      catalog,
      store,
      this.#entities,
      this.#transitions,
      this.#incidents,
      parts.alerts,
    );
    atOnce(this.#entities.configure(config, this.#startedAt));
    this.#current = this.#snapshots.now(this.#startedAt, this.#state());
  }

  /**
   * Opens origins and starts ticking. Can be called again to open more origins.
   * @param which selects the origins to open, now and after a config reload; default: all
   */
  start(which: (origin: OriginConfig) => boolean = () => true): void {
    this.#which = which;
    atOnce(this.#openOrigins());
    this.#keepTicking();
  }

  stop(): void {
    this.#cancelTick();
    this.#work.stop();
    this.#origins.stop();
    this.#parts.faults.clearAll(this.#options.clock.now());
    this.#subscribers.clear();
  }

  snapshot(): Snapshot {
    return this.#current;
  }

  snapshotAt(at: number): Snapshot {
    if (at >= this.#current.at) return this.#current;
    return this.#snapshots.past(Math.max(this.#startedAt, at), this.#state());
  }

  subscribe(listener: () => void): () => void {
    return this.#subscribers.add(listener);
  }

  dispatch: Monitor["dispatch"] = (command, operator = LOCAL_OPERATOR) => {
    this.#work.finish();
    const outcome = this.#dispatcher.dispatch(command, operator);
    const now = Math.max(this.#current.at, this.#options.clock.now());
    this.#alerting.readLog(now);
    this.#notifying.observe(now);
    if (outcome.done) this.#publish();
    return outcome;
  };

  reconfigure(next: Config): void {
    this.#work.begin(this.#reconfigured(next));
  }

  *#reconfigured(next: Config): Work {
    try {
      const now = this.#options.clock.now();
      const retimed = next.tickMs !== this.#config.tickMs;
      const ended = yield* this.#entities.configure(next, now);
      this.#config = next;
      this.#alerting.configure(next);
      this.#notifying.configure(next);
      this.#configState = { ...this.#configState, problem: undefined };
      this.#dispatcher.forget(ended);
      yield* this.#openOrigins();
      if (retimed) this.#keepTicking();
      const count = `${next.entities.length} ${next.entities.length === 1 ? "entity" : "entities"}`;
      this.#logMonitor(now, `${this.#configState.name} was reloaded: ${count}`, "healthy");
      this.#publish();
    } catch (error) {
      // An edit never ends the monitor.
      const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
      this.refuseConfig(`cannot be applied: ${reason} (${this.#configState.name})`);
    }
  }

  tryRule(rule: string, values: readonly number[]): readonly RuleTrialStep[] | string {
    const { catalog } = this.#parts;
    const fleet = { ...this.#config, ruleKinds: catalog.rules, entityKinds: catalog.entities };
    const tried = tryRule(fleet, rule, values);
    if (typeof tried === "string") return tried;
    const { measure, steps } = tried;
    return steps.map(({ value, state, message }) => ({ value: shownSample(value, measure), state, message }));
  }

  refuseConfig(problem: string): void {
    this.#configState = { ...this.#configState, problem };
    const text = `config rejected, the previous one stays active: ${problem}`;
    this.#logMonitor(this.#options.clock.now(), text, "degraded");
    this.#publish();
  }

  /** Adds a monitor event to the event log. */
  log(text: string): void {
    this.#logMonitor(this.#options.clock.now(), text, "healthy");
  }

  *#openOrigins(): Work {
    const fresh = yield* this.#origins.open(this.#config, this.#which);
    this.#entities.observedFrom(this.#options.clock.now(), fresh);
  }

  #keepTicking(): void {
    this.#cancelTick();
    const { clock } = this.#options;
    const { tickMs } = this.#config;
    // On multiples of the tick, so that windows end with a whole slot of the store; see `tiersFor`.
    const first = nextMultiple(tickMs, clock.now());
    this.#cancelTick = clock.every(tickMs, (tick) => this.#tick(tick), first);
  }

  #tick(tick: Tick): void {
    const gap = this.#lag.note(tick, this.#config.tickMs);
    if (gap !== undefined) this.#newGaps.push(gap);
    if (this.#work.isUnderWay) this.#lag.overrun();
    else this.#work.begin(this.#ticked(tick));
  }

  *#ticked(tick: Tick): Work {
    const { clock } = this.#options;
    // A command may already have published a later instant than this tick's.
    const now = Math.max(tick.at, this.#current.at);
    this.#tickAt = now;
    for (const gap of this.#newGaps.splice(0)) this.#notObserved(gap, now);
    const clockNote = this.#clockNotes.note();
    if (clockNote !== undefined)
      this.#logMonitor(now, clockNote, this.#clockNotes.aheadMs > 0 ? "degraded" : "healthy");
    this.#parts.store.advance(now);
    this.#dispatcher.expireFaults(now);
    const readings = yield* this.#entities.assess(now);
    this.#published.record(readings, now);
    yield;
    this.#alerting.evaluate(readings, now);
    this.#notifying.observe(now);
    this.#reports.observe(now, (entity) => this.#dispatcher.condition(entity));
    this.#transitions.trim(now);
    this.#incidents.trim(now);
    this.#ticks += 1;
    this.#tickLog.tick(now, this.#ticks, this.#config.tickMs);
    this.#show(this.#snapshots.now(now, this.#state()));
    this.#tickTookMs = clock.now() - now - tick.lateMs;
    const { lateMs } = tick;
    this.#log.logger("monitor").log("debug", "tick", { tick: this.#ticks, tookMs: this.#tickTookMs, lateMs });
  }

  /** Ticks were skipped: what was not observed is no evidence, neither of silence nor of how long it lasted. */
  #notObserved(gap: Gap, now: number): void {
    const lostMs = gap.to - gap.from;
    this.#parts.alerts.notObserved(lostMs);
    this.#parts.store.notObserved(gap);
    if (lostMs < SHOWN_GAP_MS) return;
    this.#entities.notObserved(gap);
    const text = `nothing was observed for ${formatDuration(lostMs)}: the machine slept, was busy or was stopped`;
    this.#logMonitor(now, text, "unknown");
  }

  #isObserved(entity: string): boolean {
    return this.#options.live && this.#origins.ownerOf(entity) !== undefined;
  }

  #discovered(origin: string, entity: EntityDeclaration): void {
    this.#work.finish();
    const isNew = this.#entities.get(entity.name) === undefined;
    this.#entities.discovered(origin, entity);
    const text = `${entity.name} was added (${entity.kind}, ${origin})`;
    if (isNew) this.#events.add(this.#options.clock.now(), "monitor", entity.name, text, "healthy");
  }

  #retired(entity: string): void {
    this.#work.finish();
    if (this.#entities.get(entity) === undefined) return;
    const text = `${entity} was removed`;
    this.#events.add(this.#options.clock.now(), "monitor", entity, text, "healthy");
    this.#dispatcher.forget([entity]);
    this.#entities.retired(entity);
  }

  #state(): LoopState {
    return {
      config: this.#config,
      configState: this.#configState,
      ticks: this.#ticks,
      tickAt: this.#tickAt,
      tickMs: Math.max(0, this.#tickTookMs),
      aheadMs: this.#clockNotes.aheadMs,
    };
  }

  #publish(): void {
    this.#work.finish();
    const now = Math.max(this.#current.at, this.#options.clock.now());
    this.#tickLog.command(now);
    this.#show(this.#snapshots.now(now, this.#state()));
  }

  #show(snapshot: Snapshot): void {
    this.#current = snapshot;
    this.#subscribers.call();
  }

  #logMonitor(at: number, text: string, tone: "healthy" | "degraded" | "unknown"): void {
    this.#events.add(at, "monitor", undefined, text, tone);
  }
}
