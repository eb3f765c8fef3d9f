import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import { type Matcher, matchersText } from "../../core/matchers.ts";
import { PRINTABLE, UNPRINTABLE } from "../../core/printable.ts";
import { MAX_ENTITIES } from "../draft.ts";

/** Longer texts have no place in a list of alerts. */
const LONGEST = 2_000;

const printable = lazy(() =>
  z.string({ error: "must be text; put it in quotes" }).refine((text) => PRINTABLE.test(text), UNPRINTABLE),
);

/** One line, without the line break that a folded text in YAML ends with. */
const line = lazy(() =>
  z
    .string({ error: "must be text; put it in quotes" })
    .trim()
    .min(1, "must not be empty")
    .max(LONGEST, `must be at most ${LONGEST} characters`)
    // No pattern, which would be repeated in the JSON Schema of every option.
    .refine((text) => PRINTABLE.test(text), UNPRINTABLE),
);

/** Text with line breaks. */
const lines = lazy(() =>
  z
    .string({ error: "must be text; put it in quotes" })
    .trim()
    .min(1, "must not be empty")
    .max(LONGEST, `must be at most ${LONGEST} characters`)
    .refine(
      (text) => text.split("\n").every((each) => PRINTABLE.test(each)),
      "must not contain control characters",
    ),
);

/** The name of a label, as in Prometheus. */
const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const RESERVED = ["alertname", "entity", "kind", "severity"];

const labels = lazy(() =>
  z.record(
    z
      .string()
      .regex(LABEL, "must be a label name: letters, digits and _, such as team")
      .refine(
        (name) => !RESERVED.includes(name),
        `must not be one of ${RESERVED.join(", ")}: each alert has its own`,
      ),
    printable(),
  ),
);

/** Both spellings of label conditions: matchers as text, or a map of equal values. */
const labelMatchers = lazy(() =>
  z
    .union([line(), z.record(z.string().regex(LABEL, "must be a label name, such as team"), printable())], {
      error: 'must be matchers such as team="payments", or a map of labels to values',
    })
    .transform((given) =>
      typeof given === "string"
        ? given
        : matchersText(
            Object.entries(given).map(([name, value]): Matcher => ({ name, operator: "=", value })),
          ),
    ),
);

const match = lazy(() =>
  z
    .strictObject({
      kind: z
        .union([line(), list(line(), 100)], { error: "must be an entity kind, or a list of them" })
        .transform((given) => (typeof given === "string" ? [given] : given))
        .optional()
        .describe("only entities of this kind, or of these kinds"),
      name: line()
        .optional()
        .describe("only entities with this name: a pattern with * and ?, or a regular expression: /pay.*/"),
      labels: labelMatchers()
        .optional()
        .describe('only entities with these labels: team="payments", tier=~"1|2"; or a map'),
    })
    .refine((given) => Object.values(given).some((condition) => condition !== undefined), {
      message: "needs at least one of kind, name, labels",
    })
    .meta({ id: "rule_match" }),
);

const entityNames = lazy(() =>
  list(z.string(), MAX_ENTITIES).min(1, "must name at least one entity; omit it for all entities").optional(),
);

/** The keys of every entry of `rules`, whatever its kind or template. */
export const ruleFields = lazy(() => ({
  entities: entityNames().describe("names of the entities it applies to; default: all"),
  services: entityNames().describe("old spelling of entities"),
  match: match().optional().describe("conditions on the entities it applies to; all must be met"),
  labels: labels()
    .optional()
    .describe("labels of its alerts, part of their identity; override those of the entity"),
  summary: line().optional().describe("template of the message: {{ entity }}: cpu is {{ value }}"),
  description: lines().optional().describe("template of a longer text about the alert"),
  runbook: line().optional().describe("template of the address of instructions"),
  annotations: z
    .record(z.string().regex(LABEL, "must be a name: letters, digits and _, such as dashboard"), lines())
    .optional()
    .describe("templates of further texts, by name"),
  enabled: z.boolean().optional().describe("false: it is not evaluated; default: true"),
}));

/** These keys, parsed. */
export interface RuleFields {
  readonly entities?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly match?:
    | {
        readonly kind?: readonly string[] | undefined;
        readonly name?: string | undefined;
        readonly labels?: string | undefined;
      }
    | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly runbook?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
}
