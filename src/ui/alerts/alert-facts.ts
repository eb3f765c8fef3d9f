import type { Alert } from "../../core/alert.ts";
import { formatDuration, formatTime } from "../../core/text.ts";
import type { RuleSnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import { type Fact, fact, labelsText } from "./facts.ts";
import { incidentKey } from "./keys.ts";
import { ageText, alertMarks, valuesText } from "./marks.ts";
import { alertStyle, isActive, plainRole } from "./style.ts";
import { incidentOf } from "./subject.ts";

/** What is known about an alert, the most important first. */
export function alertFacts(view: View, alert: Alert): readonly Fact[] {
  const { snapshot, glyphs } = view;
  const { rule, severity, entity, labels, annotations } = alert;
  const { sign, state, role } = alertStyle(view, alert);
  const since = isActive(alert) ? `for ${ageText(view, alert)}` : ageText(view, alert);
  const health = snapshot.entities.find(({ name }) => name === entity)?.health;
  const incident = incidentOf(view, alert);
  const marks = alertMarks(view, alert);
  return [
    fact(undefined, `${sign} ${state.toUpperCase()}  ${severity}  ${rule}  ${since}`, plainRole(role)),
    fact(undefined, valuesText(alert), role === "dim" ? "dim" : "text"),
    health === undefined
      ? fact("entity", `${entity}, no longer monitored`, "dim")
      : {
          ...fact("entity", `${entity}  ${glyphs.health[health]} ${health.toUpperCase()}`),
          link: `entity:${entity}`,
        },
    ...(incident === undefined
      ? []
      : [{ ...fact("incident", `#${incident.id} ${incident.title}`), link: incidentKey(incident) }]),
    ...(marks.length === 0 ? [] : [fact("marks", marks.join(` ${glyphs.middot} `), "accent")]),
    ...acknowledgedFact(alert),
    ...silenceFact(view, alert),
    fact("times", timesText(alert)),
    ...snapshot.rules.filter(({ name }) => name === rule).map((each) => fact("rule", ruleText(each))),
    ...Object.entries(annotations).map(([name, text]) => fact(name, text)),
    fact("labels", labelsText(labels), "dim"),
    fact("id", alert.fingerprint, "dim"),
  ];
}

/** "LIMIT: p99 > 300 ms for 30s, all services" */
export function ruleText({ kind, condition, appliesTo, enabled, problem }: RuleSnapshot): string {
  const off = enabled ? "" : ", disabled";
  return `${kind}: ${condition}, ${appliesTo}${off}${problem === undefined ? "" : `, ${problem}`}`;
}

function acknowledgedFact({ acknowledged }: Alert): readonly Fact[] {
  return acknowledged === undefined
    ? []
    : [fact("acked", `${formatTime(acknowledged.at)} by ${acknowledged.by}`)];
}

function silenceFact({ snapshot }: View, { silencedBy }: Alert): readonly Fact[] {
  const silence = snapshot.silences.find(({ id }) => id === silencedBy);
  if (silence === undefined) return [];
  const { id, author, reason, endsAt } = silence;
  return [
    fact("silence", `${id} by ${author} until ${formatTime(endsAt)}${reason === "" ? "" : `: ${reason}`}`),
  ];
}

function timesText({ startedAt, firedAt, resolvedAt, state, keptFiringSince }: Alert): string {
  const parts = [`breach ${formatTime(startedAt)}`];
  if (firedAt !== undefined)
    parts.push(
      firedAt === startedAt
        ? "fired at once"
        : `fired ${formatTime(firedAt)} (after ${formatDuration(firedAt - startedAt)})`,
    );
  if (keptFiringSince !== undefined) parts.push(`recovered ${formatTime(keptFiringSince)}`);
  if (resolvedAt !== undefined) parts.push(`${state} ${formatTime(resolvedAt)}`);
  return parts.join(", ");
}
