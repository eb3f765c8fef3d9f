import { type Alert, type AlertMarks, NO_MARKS, type Severity } from "../core/alert.ts";
import type { Incident, IncidentEntry } from "../core/incident.ts";
import { matchersText } from "../core/matchers.ts";
import { isActive } from "./alert-entries.ts";
import type { RuleInstance } from "./evaluate.ts";
import { FlapDetector } from "./flapping.ts";
import { Folding } from "./folding.ts";
import { type CauseContext, NO_CAUSES } from "./incidents/context.ts";
import { Incidents } from "./incidents/incidents.ts";
import { type AlertContext, AlertLifecycle, type Happened } from "./lifecycle.ts";
import type { MaintenanceWindow } from "./maintenance/window.ts";
import { type MaintenanceSnapshot, MaintenanceWindows, type WindowChange } from "./maintenance/windows.ts";
import { Marks, markTransitions } from "./marks.ts";
import type { AlertSettings } from "./settings.ts";
import { CONFIG, type NewSilence, type Silence, Silences } from "./silences.ts";
import { MONITOR, type Transition, TransitionLog, type TransitionType } from "./transition-log.ts";

/** What alerts have to know besides the results of the rules. */
export interface EngineContext extends AlertContext {
  /** Absent: nothing is known about causes. */
  readonly causes?: CauseContext;
}

/**
 * The alerts of a monitor: their life cycle, what operators say about them, their incidents, and the log of every
 * transition. Marks belong to fingerprints and silences to labels, so neither depends on the config.
 */
export class AlertEngine {
  readonly log = new TransitionLog();
  readonly #lifecycle = new AlertLifecycle();
  readonly #silences = new Silences();
  readonly #incidents = new Incidents();
  readonly #marks = new Marks();
  readonly #flaps = new FlapDetector();
  readonly #folding = new Folding();
  readonly #windows = new MaintenanceWindows();
  #windowChanges: WindowChange[] = [];
  /** The severity with which each active alert was matched against the silences. */
  readonly #matched = new Map<string, Severity>();
  #causes = NO_CAUSES;
  /** When silences begin or end next. */
  #silencesChangeAt = Number.POSITIVE_INFINITY;
  /** The newest transition that the incidents have read. */
  #read = 0;
  /** The alerts by fingerprint, and the list that they were made from. */
  #index: ReadonlyMap<string, Alert> = new Map();
  #indexed: readonly Alert[] | undefined;
  /** The list that `#alerts` was made from; undefined when marks have changed since. */
  #base: readonly Alert[] | undefined;
  #alerts: readonly Alert[] = [];

  /**
   * Applies the results of all rules; see AlertLifecycle.evaluate.
   * @returns what happened, as it was appended to the log
   */
  evaluate(now: number, instances: Iterable<RuleInstance>, context: EngineContext): readonly Transition[] {
    const before = this.log.sequence;
    this.#causes = context.causes ?? NO_CAUSES;
    for (const happened of this.#lifecycle.evaluate(now, instances, context)) this.#happened(happened);
    this.#silences.forget(now);
    this.#maintain(now);
    this.#marks.retain(now, this.#lifecycle.alerts());
    if (now >= this.#silencesChangeAt) this.#silence(now, MONITOR);
    else if (this.#silences.list().length > 0) this.#silenceChanged(now);
    this.#markFlapping(now);
    this.#fold(now);
    this.#explain(now, MONITOR);
    return this.log.after(before);
  }

  /** Applies the settings of a config. What is known about alerts stays. */
  configure({ flapping, perEntity }: AlertSettings, windows: readonly MaintenanceWindow[] = []): void {
    this.#flaps.configure(flapping);
    this.#folding.configure(perEntity);
    this.#windows.configure(windows);
  }

  /** See AlertLifecycle.notObserved. */
  notObserved(ms: number): void {
    this.#lifecycle.notObserved(ms);
  }

  /** @throws RangeError when no such alert is pending or firing, or it is acknowledged already */
  acknowledge(now: number, fingerprint: string, by: string): Alert {
    const { acknowledged, rule, entity } = this.#active(fingerprint);
    if (acknowledged !== undefined)
      throw new RangeError(`${rule} on ${entity} is acknowledged by ${acknowledged.by} already`);
    return this.#acknowledge(now, fingerprint, { by, at: now }, by);
  }

  /** @throws RangeError when the alert is not acknowledged */
  unacknowledge(now: number, fingerprint: string, by: string): Alert {
    const { acknowledged, rule, entity } = this.#active(fingerprint);
    if (acknowledged === undefined) throw new RangeError(`${rule} on ${entity} is not acknowledged`);
    return this.#acknowledge(now, fingerprint, undefined, by);
  }

  /** Closes a firing alert until its condition has ended once. @throws RangeError when it is not firing */
  resolve(now: number, fingerprint: string, by: string): Alert {
    const alert = this.#active(fingerprint);
    this.#happened(this.#lifecycle.close(now, alert, by));
    this.#explain(now, by);
    return alert;
  }

  /** @throws RangeError; see Silences.add */
  silence(now: number, silence: NewSilence): Silence {
    const added = this.#silences.add(silence);
    this.#silence(now, silence.author);
    this.#explain(now, silence.author);
    return added;
  }

  /** Extends or ends a silence. @throws RangeError for an unknown id */
  endSilenceAt(now: number, id: string, endsAt: number, by: string): Silence {
    const changed = this.#silences.endAt(id, endsAt);
    if (changed === undefined) throw new RangeError(`there is no silence ${id}`);
    this.#silence(now, by);
    this.#explain(now, by);
    return changed;
  }

  /** In the order of the life cycle, with their marks. The same array until something changes. */
  alerts(): readonly Alert[] {
    const base = this.#lifecycle.alerts();
    if (base !== this.#base) {
      this.#base = base;
      this.#alerts = this.#marks.size === 0 ? base : base.map((alert) => this.#marks.on(alert));
    }
    return this.#alerts;
  }

  silences(): readonly Silence[] {
    return this.#silences.list();
  }

  /** The maintenance windows of the config at an instant; undefined: at the newest evaluation. */
  maintenance(at?: number): readonly MaintenanceSnapshot[] {
    return at === undefined ? this.#windows.snapshot() : this.#windows.snapshotAt(at);
  }

  /** The windows that opened and closed since the last call. */
  takeWindowChanges(): readonly WindowChange[] {
    const changes = this.#windowChanges;
    this.#windowChanges = [];
    return changes;
  }

  /** See Incidents.faultEnded. */
  faultEnded(id: number, entry: IncidentEntry): void {
    this.#incidents.faultEnded(id, entry);
  }

  /** See Snapshot.incidents. The same array until something changes. */
  incidents(): readonly Incident[] {
    return this.#incidents.list();
  }

  /** The active alerts of an incident; empty if it is unknown or over. */
  alertsOf(incident: number): readonly Alert[] {
    return this.alerts().filter(
      (alert) => isActive(alert) && this.#incidents.ofAlert(alert.fingerprint) === incident,
    );
  }

  #active(fingerprint: string): Alert {
    const alert = this.alerts().find((each) => each.fingerprint === fingerprint);
    if (alert !== undefined && isActive(alert)) return alert;
    const what = alert === undefined ? "this alert" : `${alert.rule} on ${alert.entity}`;
    throw new RangeError(`${what} is not active any more`);
  }

  #acknowledge(now: number, fingerprint: string, acknowledged: Alert["acknowledged"], by: string): Alert {
    this.#mark(now, this.#active(fingerprint), { acknowledged }, "by an operator", by);
    this.#explain(now, by);
    return this.#active(fingerprint);
  }

  /** A retained alert keeps the marks that it had at its end; its next occurrence begins without any. */
  #happened(happened: Happened): void {
    const { alert, from, to, type, at, actor } = happened;
    const { fingerprint } = alert;
    const isOver = to !== "pending" && to !== "firing";
    if (from === "inactive") this.#clear(fingerprint);
    this.log.append({ ...happened, alert: this.#marks.on(alert) });
    if (to === "inactive") this.#clear(fingerprint);
    if (isOver) this.#matched.delete(fingerprint);
    this.#folding.happened(alert, !isOver);
    // What an operator closes does not flap.
    const isOwn = actor === MONITOR;
    if (isOwn && (type === "fired" || type === "resolved")) this.#flaps.changed(fingerprint, at);
  }

  #clear(fingerprint: string): void {
    this.#matched.delete(fingerprint);
    const { flapping } = this.#marks.of(fingerprint);
    if (this.#marks.set(fingerprint, { ...NO_MARKS, flapping })) this.#base = undefined;
  }

  #markFlapping(now: number): void {
    for (const { fingerprint, flapping, percent } of this.#flaps.advance(now)) {
      const alert = this.#find(fingerprint);
      const reason = `${percent.toFixed(1)} % of its states changed`;
      if (alert !== undefined) this.#mark(now, alert, { flapping }, reason, MONITOR);
      else this.#marks.set(fingerprint, { flapping });
    }
  }

  #fold(now: number): void {
    for (const [fingerprint, folded] of this.#folding.decide((each) => this.#find(each)!)) {
      this.#mark(now, this.#find(fingerprint)!, { folded }, "", MONITOR);
    }
  }

  /** An alert without its marks. */
  #find(fingerprint: string): Alert | undefined {
    const alerts = this.#lifecycle.alerts();
    if (alerts !== this.#indexed) {
      this.#indexed = alerts;
      // The newest are first, and the newest of a fingerprint is meant.
      this.#index = new Map(alerts.toReversed().map((alert) => [alert.fingerprint, alert]));
    }
    return this.#index.get(fingerprint);
  }

  /** Open maintenance windows are silences whose author is the config. */
  #maintain(now: number): void {
    const changes = this.#windows.advance(now);
    if (changes.length === 0) return;
    for (const { window, open } of changes) this.#silences.maintain(window, open, now);
    this.#windowChanges.push(...changes);
    this.#silence(now, CONFIG);
  }

  /** Matches all active alerts against the silences. */
  #silence(now: number, actor: string): void {
    this.#matched.clear();
    this.#silencesChangeAt = this.#silences.changesAt(now);
    this.#silenceChanged(now, actor);
  }

  /** Matches those active alerts that are new, or whose severity is another one. */
  #silenceChanged(now: number, actor = MONITOR): void {
    for (const alert of this.#lifecycle.alerts()) {
      if (!isActive(alert)) break;
      const { fingerprint, severity } = alert;
      if (this.#matched.get(fingerprint) === severity) continue;
      this.#matched.set(fingerprint, severity);
      const silence = this.#silences.matching(alert, now);
      const reason = silence === undefined ? "the silence ended" : silenceText(silence);
      this.#mark(now, alert, { silencedBy: silence?.id }, reason, actor);
    }
  }

  /** Brings the incidents up to date, and marks what they explain. */
  #explain(now: number, actor: string): void {
    const changed = this.#incidents.read(this.log.after(this.#read), now, this.#causes);
    if (changed.size > 0) {
      for (const alert of this.#lifecycle.alerts()) {
        if (!isActive(alert)) break;
        if (!changed.has(alert.fingerprint)) continue;
        const suppression = this.#incidents.suppressionOf(alert.fingerprint);
        const reason = suppression?.reason ?? "no cause explains it any more";
        this.#mark(now, alert, { suppressedBy: suppression?.incident }, reason, actor);
      }
    }
    this.#read = this.log.sequence;
  }

  #mark(now: number, alert: Alert, change: Partial<AlertMarks>, reason: string, actor: string): void {
    const before = this.#marks.of(alert.fingerprint);
    if (!this.#marks.set(alert.fingerprint, change)) return;
    this.#base = undefined;
    // The alert can still carry the marks that it had before.
    const marked = { ...alert, ...this.#marks.of(alert.fingerprint) };
    const note = (type: TransitionType) =>
      this.log.append({ at: now, type, from: alert.state, to: alert.state, reason, actor, alert: marked });
    for (const type of markTransitions(before, marked)) note(type);
  }
}

/** "deploying (entity=~"pay.*")" */
function silenceText({ reason, matchers }: Silence): string {
  return reason === "" ? matchersText(matchers) : `${reason} (${matchersText(matchers)})`;
}
