import type { Incident, IncidentEntry, IncidentMember } from "../../core/incident.ts";
import { formatDuration } from "../../core/text.ts";

/** A measure of an entity before and during an incident, as text. */
export interface ImpactRow {
  readonly entity: string;
  readonly measure: string;
  readonly before: string;
  readonly worst: string;
}

/** What an incident did, in numbers. */
export interface Impact {
  readonly rows: readonly ImpactRow[];
  /** Sentences: "payment-service: 321 of 1,480 requests failed". */
  readonly losses: readonly string[];
}

/**
 * A summary of an incident to paste into a post-mortem, as Markdown.
 * @param incident as it was at an instant
 * @param at that instant, ms since the epoch
 */
export function summaryOf(incident: Incident, impact: Impact, at: number): string {
  const { id, title, timeline, members, unlisted } = incident;
  const parts = [
    `# Incident ${id}: ${title}`,
    `_${what(incident, at)} All times are UTC._`,
    table(["", ""], overview(incident, at)),
    section("Impact", [...impact.losses.map((loss) => `- ${loss}`), "", ...impactTable(impact)]),
    section("Cause", [cause(incident)]),
    section("Timeline", [
      table(
        ["time", "after", "what", "who"],
        timeline.map((entry) => line(entry, incident.startedAt)),
      ),
    ]),
    section("Alerts", [
      table(
        ["alert", "entity", "severity", "role", "fired", "lasted"],
        members.map((member) => alertLine(member, at)),
      ),
      ...(unlisted > 0 ? ["", `and ${unlisted} more`] : []),
    ]),
  ];
  return `${parts.join("\n\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function impactTable({ rows }: Impact): string[] {
  if (rows.length === 0) return ["No numbers are known."];
  const cells = rows.map(({ entity, measure, before, worst }) => [entity, measure, before, worst]);
  return [table(["entity", "measure", "before", "worst"], cells)];
}

function what(incident: Incident, at: number): string {
  const { title, detectedAt, resolvedAt, members, entity } = incident;
  const others = new Set(members.map((member) => member.entity));
  others.delete(entity);
  const reach = others.size === 0 ? "" : `, which affected ${[...others].join(", ")}`;
  const lasted = formatDuration((resolvedAt ?? at) - detectedAt);
  return resolvedAt === undefined
    ? `${title} for ${lasted} so far${reach}.`
    : `${title} for ${lasted}${reach}.`;
}

function overview(incident: Incident, at: number): string[][] {
  const { state, severity, startedAt, detectedAt, acknowledged, resolvedAt, endedBy } = incident;
  const after = (from: number, to: number) => `${utc(to)} (after ${formatDuration(to - from)})`;
  const ends = {
    recovery: "recovered",
    operator: "closed by hand",
    removal: "what it was about was removed",
  };
  return [
    ["state", state],
    ["severity", severity],
    ["began", utc(startedAt)],
    ["detected", after(startedAt, detectedAt)],
    [
      "acknowledged",
      acknowledged === undefined ? "no" : `${after(detectedAt, acknowledged.at)} by ${acknowledged.by}`,
    ],
    [
      "resolved",
      resolvedAt === undefined
        ? `not yet, ${formatDuration(at - detectedAt)} since it was detected`
        : `${after(detectedAt, resolvedAt)}, ${ends[endedBy ?? "recovery"]}`,
    ],
  ];
}

function cause({ fault, entity, members }: Incident): string {
  if (fault !== undefined) {
    const { label, injectedAt, injectedBy } = fault;
    return `${label}, injected on ${fault.entity} by ${injectedBy} at ${utc(injectedAt)}.`;
  }
  const roles = members.filter(({ role }) => role === "symptom");
  if (roles.length === 0) return `Not known. The trouble was seen on ${entity} first.`;
  return `Not known. The trouble began on ${entity}; the others depend on it.`;
}

function line({ at, text, actor }: IncidentEntry, startedAt: number): string[] {
  return [utc(at).slice(11), `+${formatDuration(at - startedAt)}`, text, actor ?? ""];
}

function alertLine(member: IncidentMember, at: number): string[] {
  const { rule, entity, severity, role, joinedAt, endedAt, occurrences } = member;
  const lasted = formatDuration((endedAt ?? at) - joinedAt);
  const times = occurrences > 1 ? `, ${occurrences} times` : "";
  return [
    rule,
    entity,
    severity,
    role,
    utc(joinedAt).slice(11),
    `${lasted}${endedAt === undefined ? " so far" : ""}${times}`,
  ];
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.join("\n")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Text of the config and of operators must not break the table. */
function escaped(text: string): string {
  return text.replace(/[\\|]/g, "\\$&").replace(/[\r\n]+/g, " ");
}

/** 2026-01-31 14:03:20 */
function utc(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
