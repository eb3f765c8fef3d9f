import { alertFacts } from "../alerts/alert-facts.ts";
import type { Fact } from "../alerts/facts.ts";
import { incidentFacts } from "../alerts/incident-facts.ts";
import { type Subject, subjectOf } from "../alerts/subject.ts";
import { fitText, type Line, span, wrap } from "../text/line.ts";
import { emptyRows, type Row } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

const LABEL = 10;

/** An alert or an incident: its state, its values, and links to what it is about. */
export const alertSummary: PanelKind = {
  kind: "alert-summary",
  description:
    "an alert or incident: state, times, rule, labels; option follows: the id of the list it follows",
  title(view, panel) {
    const subject = subjectOf(view, panel);
    if (subject?.type === "incident") return `incident #${subject.incident.id}`;
    return subject ? "alert" : "alert or incident";
  },
  items: (view, panel) => linksOf(factsOf(view, panel)),
  entityOf: ({ snapshot }, item) => snapshot.entities.find(({ name }) => `entity:${name}` === item)?.name,
  opens(view, item) {
    if (item.startsWith("incident:")) return { type: "open-incident", item };
    const name = view.snapshot.entities.find((each) => `entity:${each.name}` === item)?.name;
    return name === undefined ? undefined : { type: "open", entity: name };
  },
  paint(view, size, panel) {
    const facts = factsOf(view, panel);
    if (facts.length === 0)
      return emptyRows("nothing is selected: shows the alert or incident at the cursor", size);
    const links = linksOf(facts);
    const focused = view.ui.focus === panel.id;
    const current = focused ? links[cursorIndex(view, panel, links)] : undefined;
    const rows = facts.flatMap((fact) =>
      factRows(view, fact, size.width, fact.link !== undefined && fact.link === current),
    );
    // Links are near the top; a long message above them must not hide the cursor.
    const at = rows.findIndex(({ selected }) => selected);
    const top = Math.max(0, at - size.height + 1);
    return rows.slice(top, top + size.height);
  },
};

function factsOf(view: View, panel: PanelInstance): readonly Fact[] {
  const subject = subjectOf(view, panel);
  return subject === undefined ? [] : factsAbout(view, subject);
}

function factsAbout(view: View, subject: Subject): readonly Fact[] {
  return subject.type === "alert" ? alertFacts(view, subject.alert) : incidentFacts(view, subject.incident);
}

function linksOf(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap(({ link }) => link ?? []);
}

function factRows(
  view: View,
  { label, text, role, link }: Fact,
  width: number,
  selected: boolean,
): readonly Row[] {
  const { glyphs } = view;
  const indent = label === undefined ? 0 : LABEL + 1;
  const marker = link === undefined ? "" : ` ${selected ? glyphs.selection : glyphs.arrow}`;
  const lines = wrap(text + marker, Math.max(8, width - indent));
  return (lines.length === 0 ? [""] : lines).map((part, nth) => {
    const head: Line =
      label === undefined ? [] : [span(`${fitText(nth === 0 ? label : "", LABEL, glyphs.ellipsis)} `, "dim")];
    return { line: [...head, span(part, link === undefined ? role : selected ? "accent" : role)], selected };
  });
}
