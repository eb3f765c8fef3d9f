import { z } from "zod";
import type { Catalog } from "../../catalog/catalog.ts";
import { entityName } from "../../core/names.ts";
import { extended, unionOf } from "../entry-schemas.ts";
import { type RuleFields, ruleFields } from "./fields.ts";

/** An entry of `rules`: the common keys and those of its kind or template in one map. */
export interface RuleEntry extends RuleFields {
  readonly kind?: string;
  readonly template?: string;
  readonly name?: string;
  readonly [option: string]: unknown;
}

const schemas = new WeakMap<Catalog, z.ZodType<RuleEntry>>();

/** A rule of any kind, or a template of rules. */
export function ruleSchema(catalog: Catalog): z.ZodType<RuleEntry> {
  const schema = schemas.get(catalog) ?? createRuleSchema(catalog);
  schemas.set(catalog, schema);
  return schema;
}

function createRuleSchema(catalog: Catalog): z.ZodType<RuleEntry> {
  const rules = [...catalog.rules.values()].map((rule) =>
    extended(`Rule ${rule.kind}`, rule.schema, {
      kind: z.literal(rule.kind).describe(rule.description),
      ...ruleFields(),
      ...("name" in rule.schema.shape
        ? {}
        : { name: entityName().optional().describe("name of its alerts") }),
    }),
  );
  const ofKind = unionOf<RuleEntry>("kind", rules, "must be a map with at least a kind");
  if (catalog.templates.size === 0) return ofKind;
  const templates = [...catalog.templates.values()].map((template) =>
    extended(`Template ${template.kind}`, template.schema, {
      template: z.literal(template.kind).describe(template.description),
      ...ruleFields(),
    }),
  );
  return eitherOf(ofKind, unionOf<RuleEntry>("template", templates, "must be a map with a template"));
}

/** An entry with the key `template` is checked as one, so that its problems are about what was meant. */
function eitherOf(ofKind: z.ZodType<RuleEntry>, ofTemplate: z.ZodType<RuleEntry>): z.ZodType<RuleEntry> {
  const schema = z.union([ofKind, ofTemplate]);
  schema._zod.run = (payload, context) => {
    const { value } = payload;
    const isTemplate = typeof value === "object" && value !== null && Object.hasOwn(value, "template");
    return (isTemplate ? ofTemplate : ofKind)._zod.run(payload, context) as never;
  };
  return schema;
}
