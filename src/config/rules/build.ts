import { ruleName } from "../../alerts/default-rules.ts";
import type { Rule, RuleMatch } from "../../alerts/types.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { pickKeys, READ_ONCE } from "../draft.ts";
import type { RuleFields } from "./fields.ts";
import type { RuleEntry } from "./schema.ts";

/** The rules that a valid entry stands for: one, or those of its template. */
export function buildRules(entry: RuleEntry, catalog: Catalog): readonly Rule[] {
  const { template } = entry;
  if (template === undefined) return [buildRule(entry, entry.kind!, entry.name, catalog)];
  const kind = catalog.templates.get(template)!;
  const fields = {
    ...entryFields(entry),
    match: { kind: kind.entityKinds, ...definedOnly(entry.match ?? {}) },
  };
  return kind.rules(pickKeys(entry, kind.schema.shape)).map(({ kind: ruleKind, name, ...options }) => {
    const { schema } = catalog.rules.get(ruleKind)!;
    const parsed = schema.parse("name" in schema.shape ? { ...options, name } : options, READ_ONCE);
    // Texts of the entry replace those of the template.
    return buildRule({ ...options, ...fields, ...parsed }, ruleKind, name, catalog);
  });
}

function buildRule(
  entry: RuleFields & Readonly<Record<string, unknown>>,
  kind: string,
  name: string | undefined,
  catalog: Catalog,
): Rule {
  const options = pickKeys(entry, catalog.rules.get(kind)!.schema.shape);
  const { labels, enabled, match } = entry;
  const entities = [...(entry.entities ?? []), ...(entry.services ?? [])];
  const annotations = definedOnly({
    ...entry.annotations,
    summary: entry.summary,
    description: entry.description,
    runbook: entry.runbook,
  });
  return {
    name: name ?? ruleName(kind, options, catalog.entities.values()),
    kind,
    options,
    ...(entities.length === 0 ? {} : { entities }),
    ...(match === undefined ? {} : { match: definedOnly(match) as RuleMatch }),
    ...(labels === undefined ? {} : { labels }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(enabled === false ? { enabled } : {}),
  };
}

/** The common keys of an entry that are set. */
function entryFields(entry: RuleEntry): RuleFields {
  const { entities, services, match, labels, summary, description, runbook, annotations, enabled } = entry;
  return definedOnly({
    entities,
    services,
    match,
    labels,
    summary,
    description,
    runbook,
    annotations,
    enabled,
  });
}

/** Left out rather than undefined, so that a config equals its JSON. */
function definedOnly<Value>(given: Readonly<Record<string, Value>>): Record<string, NonNullable<Value>> {
  const defined = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as Record<string, NonNullable<Value>>;
}
