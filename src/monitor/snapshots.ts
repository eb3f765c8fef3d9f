import type { AlertEngine } from "../alerts/engine.ts";
import type { Config } from "../config/types.ts";
import type { Log, LogRecord } from "../core/log.ts";
import type { Covered, Store } from "../store/types.ts";
import type { Alerting } from "./alerting.ts";
import type { Entities } from "./entities.ts";
import type { EventLog } from "./event-log.ts";
import type { FaultReports } from "./fault-reports.ts";
import type { Lag } from "./lag.ts";
import type { Notifying } from "./notifying.ts";
import type { IncidentLog } from "./past/incident-log.ts";
import type { TickLog } from "./past/tick-log.ts";
import type { Transitions } from "./past/transitions.ts";
import type { ConfigState, LogSnapshot, SelfSnapshot, Snapshot } from "./types.ts";

/** Everything that is part of a snapshot. */
export interface SnapshotParts {
  readonly startedAt: number;
  readonly store: Store;
  readonly alerts: AlertEngine;
  readonly entities: Entities;
  readonly alerting: Alerting;
  readonly notifying: Notifying;
  readonly reports: FaultReports;
  readonly events: EventLog;
  readonly transitions: Transitions;
  readonly incidents: IncidentLog;
  readonly tickLog: TickLog;
  readonly lag: Lag;
  readonly log: Log;
}

/** What the tick loop itself knows at an instant. */
export interface LoopState {
  readonly config: Config;
  readonly configState: ConfigState;
  readonly ticks: number;
  /** The instant of the newest tick, ms since the epoch. */
  readonly tickAt: number;
  /** See SelfSnapshot. */
  readonly tickMs: number;
  readonly aheadMs: number;
}

/** Makes the snapshots of a monitor: of now, and of any past instant. */
export class Snapshots {
  readonly #parts: SnapshotParts;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  now(at: number, state: LoopState): Snapshot {
    const { entities, alerts, alerting, reports, events, notifying, log } = this.#parts;
    return {
      ...this.#frame(state),
      ...entities.snapshot(),
      tick: state.ticks,
      at,
      covers: this.#covers(state, state.tickAt),
      alerts: alerts.alerts(),
      incidents: alerts.incidents(),
      rules: alerting.rules(alerts.alerts()),
      silences: alerts.silences(),
      maintenance: alerts.maintenance(),
      faults: reports.list(),
      events: events.newestFirst(),
      notifications: notifying.snapshot,
      log: this.#log(log.tail()),
    };
  }

  /** The state that was published last by a past instant, as far as it is still known. */
  past(asked: number, state: LoopState): Snapshot {
    const { entities, alerts, alerting, events, notifying, log, tickLog, transitions, incidents } =
      this.#parts;
    const published = tickLog.lastBy(asked);
    const inGap = published?.inGap ?? true;
    const at = inGap ? asked : published!.at;
    const tickAt = inGap ? asked : published!.tickAt;
    const then = transitions.alertsAt(at);
    return {
      ...this.#frame(state),
      ...entities.snapshotAt(at, tickAt),
      tick: published?.tick ?? 0,
      at,
      covers: this.#covers(state, tickAt),
      alerts: then,
      incidents: incidents.incidentsAt(at),
      rules: alerting.rules(then),
      silences: alerts.silences().filter(({ startsAt }) => startsAt <= at),
      maintenance: alerts.maintenance(at),
      faults: transitions.faultsAt(at),
      events: events.newestFirst().filter((event) => event.at <= at),
      notifications: notifying.snapshotAt(at),
      log: this.#log(log.tail().filter((record) => record.at <= at)),
    };
  }

  /** The part that does not depend on the instant. */
  #frame(state: LoopState) {
    const { config, configState } = state;
    const { tickMs, windowMs } = config;
    const { startedAt } = this.#parts;
    return { startedAt, tickMs, windowMs, self: this.#self(state), config: configState };
  }

  #self({ tickMs, aheadMs }: LoopState): SelfSnapshot {
    const { store, lag, transitions, alerts, incidents } = this.#parts;
    const { bytes, entities: _, ...counts } = store.self();
    return {
      lagMs: lag.newestMs,
      worstLagMs: lag.worstMs,
      aheadMs,
      skippedTicks: lag.skipped,
      tickMs,
      storeBytes: bytes,
      logEntries: transitions.size,
      logDropped: transitions.dropped,
      logBytes: transitions.sentenceBytes,
      alertEntries: alerts.log.size,
      alertsDropped: alerts.log.dropped,
      incidentEntries: incidents.size,
      incidentsDropped: incidents.dropped,
      ...counts,
    };
  }

  /** What the fleet's window covers, see Snapshot. */
  #covers({ config }: LoopState, at: number): Covered {
    return this.#parts.store.covered("", config.windowMs, at);
  }

  #log(tail: readonly LogRecord[]): LogSnapshot {
    const { log } = this.#parts;
    return { tail, counts: log.counts(), file: log.file, problem: log.problem };
  }
}
