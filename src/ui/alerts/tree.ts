import type { Alert } from "../../core/alert.ts";
import type { Incident, IncidentMember, IncidentRole } from "../../core/incident.ts";
import { type AlertFilter, alertFilter } from "./filter.ts";
import { incidentKey } from "./keys.ts";
import { byUrgency, incidentsByUrgency } from "./order.ts";
import { isActive, isLoud } from "./style.ts";

/** A row of the console. Keys stay the same as long as their incident or alert exists. */
export type ConsoleRow =
  | {
      readonly type: "incident";
      readonly key: string;
      readonly incident: Incident;
      readonly isOpen: boolean;
      /** None of its alerts asks for attention. */
      readonly isQuiet: boolean;
    }
  | {
      readonly type: "alert";
      readonly key: string;
      readonly alert: Alert;
      /** What it is to the incident above; undefined: it belongs to none. */
      readonly role: IncidentRole | undefined;
    }
  /** An alert of a past incident that has fired again since, or is no longer kept. */
  | {
      readonly type: "past";
      readonly key: string;
      readonly member: IncidentMember;
      readonly severity: Incident["severity"];
    };

export interface Console {
  readonly rows: readonly ConsoleRow[];
  readonly keys: readonly string[];
  readonly byKey: ReadonlyMap<string, ConsoleRow>;
  /** The incident that an alert is listed under, by fingerprint. */
  readonly incidentOf: ReadonlyMap<string, Incident>;
  /** By fingerprint. */
  readonly alerts: ReadonlyMap<string, Alert>;
  /** The alerts of an incident as rows, causes first. */
  readonly childrenOf: (incident: Incident) => readonly ConsoleRow[];
  /** Alerts and incidents on the top level. */
  readonly top: readonly ConsoleRow[];
  /** The alerts that the filter shows, also those that are hidden in an incident. */
  readonly matching: readonly Alert[];
  readonly counts: { readonly firing: number; readonly pending: number };
}

export interface ConsoleInput {
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly filter: string;
  /** The ids of the incidents that are expanded. */
  readonly expanded: ReadonlySet<number>;
}

interface Remembered {
  readonly input: ConsoleInput;
  readonly result: Console;
}

/** The newest results for a list of alerts: several panels and keys ask for them in each frame. */
const results = new WeakMap<readonly Alert[], readonly Remembered[]>();
/** With and without the filter. */
const REMEMBERED = 2;

/**
 * Incidents with their alerts, causes first, then alerts that belong to none, the most urgent first; ended ones last.
 * With a filter only what matches, and incidents are expanded to show it.
 */
export function consoleOf(input: ConsoleInput): Console {
  const known = results.get(input.alerts) ?? [];
  const same = known.find(
    ({ input: { incidents, filter, expanded } }) =>
      incidents === input.incidents && filter === input.filter && expanded === input.expanded,
  );
  if (same !== undefined) return same.result;
  const result = build(input);
  results.set(input.alerts, [{ input, result }, ...known].slice(0, REMEMBERED));
  return result;
}

function build({ alerts, incidents, filter: text, expanded }: ConsoleInput): Console {
  const filter = alertFilter(text);
  const byFingerprint = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
  const incidentOf = owners(incidents, byFingerprint);
  const matching = text.trim() === "" ? alerts : alerts.filter(filter.test);
  const matches = matching === alerts ? undefined : new Set(matching);
  const isLoudNow = ({ members }: Incident) =>
    members.some(({ fingerprint, endedAt }) => {
      const alert = endedAt === undefined ? byFingerprint.get(fingerprint) : undefined;
      return alert !== undefined && isLoud(alert);
    });
  const rows: ConsoleRow[] = [];
  const top: ConsoleRow[] = [];
  const addIncident = (incident: Incident) => {
    const own = { key: incidentKey(incident), incident };
    const children = childrenOf(incident, byFingerprint, incidentOf);
    const isTitle = matches === undefined || filter.matchesText(titleWords(incident));
    const shown = isTitle ? children : children.filter((child) => isMatch(child, matches, filter));
    if (!isTitle && shown.length === 0) return;
    const isOpen = expanded.has(incident.id) || (matches !== undefined && !isTitle);
    const [only] = children;
    // An incident of one alert is that alert: two rows would say nothing more.
    if (only?.type === "alert" && children.length === 1 && incident.unlisted === 0) {
      if (matches?.has(only.alert) === false && !isTitle) return;
      const row: ConsoleRow = { ...only, role: undefined };
      rows.push(row);
      top.push(row);
      return;
    }
    const row: ConsoleRow = { type: "incident", ...own, isOpen, isQuiet: !isLoudNow(incident) };
    rows.push(row);
    top.push(row);
    if (isOpen) rows.push(...shown);
  };
  const alone = matching.filter(({ fingerprint }) => !incidentOf.has(fingerprint));
  const addAlert = (alert: Alert) => {
    const row: ConsoleRow = { type: "alert", key: alert.fingerprint, alert, role: undefined };
    rows.push(row);
    top.push(row);
  };
  const ranked = incidentsByUrgency(incidents, isLoudNow);
  const firstEnded = ranked.findIndex(({ resolvedAt }) => resolvedAt !== undefined);
  const open = firstEnded < 0 ? ranked : ranked.slice(0, firstEnded);
  for (const incident of open) addIncident(incident);
  for (const alert of byUrgency(alone.filter(isActive))) addAlert(alert);
  const ended = [
    ...ranked
      .slice(open.length)
      .map((incident) => ({ at: incident.resolvedAt!, add: () => addIncident(incident) })),
    ...alone
      .filter((alert) => !isActive(alert))
      .map((alert) => ({ at: alert.resolvedAt ?? 0, add: () => addAlert(alert) })),
  ];
  for (const { add } of ended.sort((a, b) => b.at - a.at)) add();
  const count = (state: Alert["state"]) =>
    alerts.reduce((sum, alert) => sum + (alert.state === state ? 1 : 0), 0);
  return {
    rows,
    keys: rows.map(({ key }) => key),
    byKey: new Map(rows.map((row) => [row.key, row])),
    incidentOf,
    alerts: byFingerprint,
    childrenOf: (incident) => childrenOf(incident, byFingerprint, incidentOf),
    top,
    matching,
    counts: { firing: count("firing"), pending: count("pending") },
  };
}

/** An alert is listed under the newest incident that it belongs to as it is now. */
function owners(
  incidents: readonly Incident[],
  byFingerprint: ReadonlyMap<string, Alert>,
): ReadonlyMap<string, Incident> {
  const owned = new Map<string, Incident>();
  for (const incident of incidents.toSorted((a, b) => b.id - a.id)) {
    for (const { fingerprint, endedAt } of incident.members) {
      const alert = byFingerprint.get(fingerprint);
      if (alert === undefined || owned.has(fingerprint)) continue;
      if (isActive(alert) === (endedAt === undefined)) owned.set(fingerprint, incident);
    }
  }
  return owned;
}

const ROLES: readonly IncidentRole[] = ["cause", "symptom", "related"];

function childrenOf(
  incident: Incident,
  byFingerprint: ReadonlyMap<string, Alert>,
  incidentOf: ReadonlyMap<string, Incident>,
): readonly ConsoleRow[] {
  const seen = new Set<string>();
  const children = incident.members
    .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
    .flatMap((member): ConsoleRow[] => {
      const { fingerprint, role, severity } = member;
      const alert = byFingerprint.get(fingerprint);
      if (alert !== undefined && incidentOf.get(fingerprint) === incident) {
        if (seen.has(fingerprint)) return [];
        seen.add(fingerprint);
        return [{ type: "alert", key: fingerprint, alert, role }];
      }
      const key = `${incident.id}/${fingerprint}/${member.joinedAt}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ type: "past", key, member, severity }];
    });
  return children;
}

function isMatch(row: ConsoleRow, matches: ReadonlySet<Alert> | undefined, filter: AlertFilter): boolean {
  if (row.type === "alert") return matches?.has(row.alert) ?? true;
  return row.type === "past" && filter.matchesText(`${row.member.rule} ${row.member.entity} ${row.severity}`);
}

function titleWords({ title, entity, severity, state, fault, acknowledged }: Incident): string {
  return [title, entity, severity, state, fault?.label ?? "", acknowledged?.by ?? "", "incident"].join(" ");
}
