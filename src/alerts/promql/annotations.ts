import type { EntityKind } from "../../core/entity.ts";
import type { Labels } from "../../core/metric.ts";
import { parseTemplate, type Template } from "../../core/template.ts";
import type { Rule } from "../types.ts";
import { measureOf } from "../value.ts";
import { inTemplate, labelName, seriesName } from "./series.ts";
import type { PromCondition } from "./types.ts";

/** One of the conditions behind an alerting rule of Prometheus: those of several groups of entities are joined. */
export interface Part {
  readonly rule: Rule;
  readonly kind: EntityKind;
  readonly condition: PromCondition;
  /** The condition as text: "p99 > 500ms". */
  readonly text: string;
}

/** The annotations of a rule. Where they depend on the kind of the entity, a template of Prometheus chooses. */
export function annotationsOf(parts: readonly Part[]): Labels {
  const byKind = Map.groupBy(parts, ({ kind }) => kind.kind);
  const texts = Array.from(byKind, ([kind, same]) => ({ kind, texts: ofKind(same) }));
  const names = new Set(texts.flatMap((each) => Object.keys(each.texts)));
  return Object.fromEntries(Array.from(names, (name) => [name, chosenByKind(name, texts)]));
}

function chosenByKind(
  name: string,
  all: readonly { readonly kind: string; readonly texts: Labels }[],
): string {
  const first = all[0]!.texts[name];
  if (all.every(({ texts }) => texts[name] === first)) return first!;
  const branches = all.map(({ kind, texts }) => `if eq $labels.kind "${kind}" }}${texts[name] ?? ""}{{ `);
  return `{{ ${branches.join("else ")}end }}`;
}

/** Those of one kind; without the limits where the entities have several. */
function ofKind(parts: readonly Part[]): Labels {
  const [first] = parts.map((part) => rendered(part, part.text));
  const isSame = parts.every(({ text }) => text === parts[0]!.text);
  return isSame ? first! : rendered(parts[0]!, "");
}

/** The templates of a rule as those of Prometheus; without a summary, one with the value. */
function rendered({ rule, kind, condition: { measure, severity } }: Part, text: string): Labels {
  const { name, labels = {}, annotations = {} } = rule;
  const value = measure === undefined ? "{{ $value | humanize }}" : inTemplate(measure, "$value");
  const shown = [
    ...(measure === undefined ? [] : [`${measure.id}=${value}`]),
    ...(text === "" ? [] : [measure === undefined ? text : `(${text})`]),
  ];
  const message = `{{ $labels.entity }}: ${shown.join(" ") || name}`;
  const render = (template: Template) =>
    template.render({
      message,
      value,
      limit: text || "the limit",
      measure: measure?.id ?? "",
      severity,
      rule: name,
      entity: "{{ $labels.entity }}",
      kind: "{{ $labels.kind }}",
      labels: asked(template, "labels", (label) => labels[label] ?? `{{ $labels.${labelName(label)} }}`),
      measures: asked(template, "measures", (id) => queried(kind, id)),
    });
  const own = Object.entries(annotations).map(([key, written]) => [
    labelName(key),
    render(parseTemplate(written)) || message,
  ]);
  return { summary: message, ...Object.fromEntries(own) };
}

/** The variables `group.NAME` of a template. */
function asked({ variables }: Template, group: string, textOf: (name: string) => string): Labels {
  const names = variables
    .filter((each) => each.startsWith(`${group}.`))
    .map((each) => each.slice(group.length + 1));
  return Object.fromEntries(names.map((name) => [name, textOf(name)]));
}

/** Another measure of the entity of an alert. */
function queried(kind: EntityKind, id: string): string {
  const measure = measureOf(kind, id);
  if (measure === undefined) return "unknown";
  const query = `printf "${seriesName(measure)}{entity='%s'}" $labels.entity | query`;
  return `{{ with ${query} }}${inTemplate(measure, ". | first | value")}{{ end }}`;
}
