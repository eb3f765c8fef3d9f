import { z } from "zod";
import type { Catalog } from "../../catalog/catalog.ts";
import { SEVERITIES } from "../../core/alert.ts";
import { parseDuration } from "../../core/duration.ts";
import { list } from "../../core/list.ts";
import { DAY_MS, duration } from "../../core/quantity.ts";
import { createLimitsSchemas, limitsByKind } from "../entry-schemas.ts";
import { ruleSchema } from "../rules/schema.ts";

const TIME = "must be a time since the beginning of the test, such as 30s or 1m30s";
const COMPOUND = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/** "1m30s" as Prometheus writes it, or a plain number of ms; at most a week. */
function timeSchema() {
  const most = 7 * DAY_MS;
  return z
    .union([z.number().min(0, TIME).max(most, "must be at most 7d"), z.string().regex(COMPOUND, TIME)], {
      error: TIME,
    })
    .transform((time) =>
      typeof time === "number"
        ? time
        : (time.match(/[\d.]+[a-z]+/g) ?? []).reduce((sum, part) => sum + parseDuration(part)!, 0),
    )
    .refine((ms) => ms <= most, "must be at most 7d");
}

function textsSchema(of: string) {
  return z
    .record(z.string(), z.string({ error: "must be text; put it in quotes" }))
    .default({})
    .describe(of);
}

function expectedSchema() {
  return z.strictObject({
    alertname: z.string().min(1).optional().describe("name of the rule; default: any"),
    entity: z.string().min(1).optional().describe("name of the entity; default: any"),
    state: z.enum(["pending", "firing"]).default("firing").describe("state of the alert"),
    severity: z.enum(SEVERITIES).optional().describe("its severity; default: any"),
    exp_labels: textsSchema("some of its labels, with their values"),
    exp_annotations: textsSchema("some of its annotations, with their texts"),
  });
}

function testSchema() {
  return z.strictObject({
    name: z.string().min(1).optional().describe("what is tested; default: its number"),
    interval: duration(1, DAY_MS)
      .optional()
      .describe("time between two samples and two evaluations; default: the tick of the config"),
    input_series: list(
      z.strictObject({
        series: z.string().min(1).describe('measure and entity, such as p99{entity="shop"}'),
        values: z
          .union([z.string(), z.number()], {
            error: 'must be a list of samples, such as "1 2 3" or "0+10x20"',
          })
          .describe("samples in the notation of Prometheus"),
      }),
      1_000,
      { of: "series" },
    ).min(1),
    alert_rule_test: list(
      z.strictObject({
        eval_time: timeSchema().describe("when the alerts are compared, since the beginning"),
        alertname: z.string().min(1).optional().describe("only alerts of this rule; default: of all rules"),
        entity: z.string().min(1).optional().describe("only alerts of this entity; default: of all entities"),
        exp_alerts: list(expectedSchema(), 1_000, { of: "alerts" })
          .default([])
          .describe("all pending and firing alerts at that time; default: none"),
      }),
      10_000,
    ).min(1),
  });
}

/** The schema of a file of rule tests. */
export function createRuleTestsSchema(catalog: Catalog) {
  return z.strictObject({
    config: z
      .string()
      .min(1)
      .optional()
      .describe("config file with the rules and entities, relative to this file"),
    rules: list(ruleSchema(catalog), 1_000).optional().describe("the rules, instead of those of a config"),
    limits: limitsByKind(catalog.entities.values(), createLimitsSchemas())
      .optional()
      .describe("limits by entity kind and measure, with rules"),
    tests: list(testSchema(), 1_000, { of: "tests" }).min(1),
  });
}

/** A parsed file of rule tests. */
export type RuleTestsFile = z.output<ReturnType<typeof createRuleTestsSchema>>;
