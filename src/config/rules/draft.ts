import type { Rule, RuleKind } from "../../alerts/types.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { EntityKind } from "../../core/entity.ts";
import { READ_ONCE } from "../draft.ts";
import type { Path } from "../sentences.ts";
import { buildRules } from "./build.ts";
import { ruleSchema } from "./schema.ts";

/** A rule of a config that may be invalid elsewhere. */
export interface DraftRule {
  readonly rule: Rule;
  readonly ruleKind: RuleKind<unknown>;
  /** The entry that it comes from. */
  readonly path: Path;
  /** Whether its entry is a template. */
  readonly isOfTemplate: boolean;
  /** The entity kinds that it can apply to, by its measures and its conditions. */
  readonly kinds: readonly EntityKind[];
}

/** The rules of the valid entries among these. */
export function draftRules(entries: readonly unknown[], catalog: Catalog): DraftRule[] {
  const schema = ruleSchema(catalog);
  return entries.flatMap((entry, index) => {
    const parsed = schema.safeParse(entry, READ_ONCE);
    if (!parsed.success) return [];
    return buildRules(parsed.data, catalog).map((rule): DraftRule => {
      const ruleKind = catalog.rules.get(rule.kind)!;
      const kinds = [...catalog.entities.values()].filter(
        (kind) => rule.match?.kind?.includes(kind.kind) !== false && ruleKind.applies(kind, rule.options),
      );
      const isOfTemplate = parsed.data.template !== undefined;
      return { rule, ruleKind, path: ["rules", index], isOfTemplate, kinds };
    });
  });
}
