import type { Labels } from "../core/metric.ts";
import { parseTemplate, type Template, type TemplateValues } from "../core/template.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Breach, Rule } from "./types.ts";
import { measureOf, shownLimit, shownValue } from "./value.ts";

/** What the templates of a rule can show. `labels.NAME` and `measures.ID` are any label and measure of the entity. */
export const VARIABLES: Readonly<Record<string, string>> = {
  message: "the message without a summary",
  value: "the value, with its unit",
  limit: "the limit that it has crossed, with its unit",
  measure: "the id of the measure",
  severity: "warning, critical or page",
  rule: "the name of the rule",
  entity: "the name of the entity",
  kind: "the kind of the entity",
};
export const VARIABLE_MAPS = ["labels", "measures"] as const;

/** What a rule found, to be shown by its templates. */
export interface Finding {
  readonly rule: Rule;
  readonly reading: EntityReading;
  readonly breach: Breach;
}

/** The templates of a rule. */
export interface Annotations {
  /** The message with its summary; as it is without one, and where the summary is empty. */
  message(finding: Finding): string;
  /** All of them, rendered. */
  render(finding: Finding): Labels;
}

/** @throws RangeError for a template that cannot be read */
export function compileAnnotations(texts: Labels): Annotations {
  const templates = Object.entries(texts).map(([name, text]) => [name, parseTemplate(text)] as const);
  const summary = templates.find(([name]) => name === "summary")?.[1];
  const message = (finding: Finding) => (summary && rendered(summary, finding)) || finding.breach.message;
  return {
    message,
    render: (finding) =>
      Object.fromEntries(
        templates.map(([name, template]) => [
          name,
          template === summary ? message(finding) : rendered(template, finding),
        ]),
      ),
  };
}

function rendered(template: Template, finding: Finding): string {
  return template.render(valuesOf(finding, template.variables));
}

/** Formats only the measures that are asked for: there are many. */
function valuesOf({ rule, reading, breach }: Finding, variables: readonly string[]): TemplateValues {
  const { kind, entity, labels, values } = reading;
  const measure = measureOf(kind, breach.measure ?? "");
  const shown = (id: string) => {
    const other = measureOf(kind, id);
    return other === undefined ? "unknown" : shownValue(other, values[id] ?? Number.NaN);
  };
  const asked = variables.filter((name) => name.startsWith("measures.")).map((name) => name.slice(9));
  return {
    message: breach.message,
    value: measure === undefined ? "unknown" : shownValue(measure, breach.value ?? Number.NaN),
    limit: breach.limit === undefined ? "unknown" : shownLimit(measure, breach.limit),
    measure: breach.measure ?? "",
    severity: breach.severity,
    rule: rule.name,
    entity,
    kind: kind.kind,
    labels: { ...labels, ...rule.labels },
    measures: Object.fromEntries(asked.map((id) => [id, shown(id)])),
  };
}
