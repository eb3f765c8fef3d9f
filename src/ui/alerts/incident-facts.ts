import type { Incident } from "../../core/incident.ts";
import { formatDuration, formatTime } from "../../core/text.ts";
import type { View } from "../view.ts";
import { type Fact, fact } from "./facts.ts";
import { incidentAge, membersOf, valuesText } from "./marks.ts";
import { incidentStyle, isLoud, plainRole } from "./style.ts";
import { causeOf } from "./subject.ts";
import { activeMembers } from "./targets.ts";

/** What is known about an incident, the most important first. */
export function incidentFacts(view: View, incident: Incident): readonly Fact[] {
  const { snapshot, glyphs } = view;
  const { title, entity, severity, fault, members } = incident;
  const active = activeMembers(view, incident);
  const { sign, state, role } = incidentStyle(view, incident, !active.some(isLoud));
  const since =
    incident.resolvedAt === undefined ? `for ${incidentAge(view, incident)}` : incidentAge(view, incident);
  const { symptoms, related } = membersOf(incident);
  const health = snapshot.entities.find(({ name }) => name === entity)?.health;
  const cause = causeOf(view, incident);
  const counts = [
    `${members.length + incident.unlisted} alert${members.length === 1 ? "" : "s"}, ${active.length} active`,
    ...(symptoms > 0 ? [`${symptoms} symptom${symptoms === 1 ? "" : "s"}`] : []),
    ...(incident.suppressed > 0 ? [`${incident.suppressed} suppressed`] : []),
    ...(related > 0 ? [`${related} related`] : []),
  ];
  return [
    fact(undefined, `${sign} ${state.toUpperCase()}  ${severity}  ${title}  ${since}`, plainRole(role)),
    ...(cause === undefined ? [] : [fact(undefined, `${cause.rule}: ${valuesText(cause)}`)]),
    health === undefined
      ? fact("began on", `${entity}, no longer monitored`, "dim")
      : {
          ...fact("began on", `${entity}  ${glyphs.health[health]} ${health.toUpperCase()}`),
          link: `entity:${entity}`,
        },
    fault === undefined
      ? fact("cause", "no fault was injected here; see the first alert", "dim")
      : fact(
          "cause",
          `${glyphs.fault} ${fault.label} on ${fault.entity}, injected by ${fault.injectedBy} at ${formatTime(fault.injectedAt)}`,
          "fault",
        ),
    fact("alerts", counts.join(", ")),
    fact("detected", durationText(incident.startedAt, incident.detectedAt, glyphs.dash)),
    fact(
      "acked",
      incident.acknowledged === undefined
        ? incident.resolvedAt === undefined
          ? "not yet"
          : "by nobody"
        : `${durationText(incident.detectedAt, incident.acknowledged.at, glyphs.dash)} by ${incident.acknowledged.by}`,
      incident.acknowledged === undefined ? "dim" : "text",
    ),
    fact(
      "recovered",
      incident.resolvedAt === undefined
        ? "not yet"
        : durationText(incident.detectedAt, incident.resolvedAt, glyphs.dash),
      incident.resolvedAt === undefined ? "dim" : "text",
    ),
  ];
}

/** "after 7s, at 14:03:20" */
function durationText(from: number, to: number, unknown: string): string {
  return to < from ? unknown : `after ${formatDuration(to - from)}, at ${formatTime(to)}`;
}
