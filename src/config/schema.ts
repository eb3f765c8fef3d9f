import { z } from "zod";
import type { Catalog } from "../catalog/catalog.ts";
import { list } from "../core/list.ts";
import { alertsSchema, maintenanceSchema } from "./alerts/schema.ts";
import { MAX_ENTITIES } from "./draft.ts";
import { tickSchema, windowSchema } from "./entry-fields.ts";
import {
  createLimitsSchemas,
  createServiceSchema,
  createWorldSchema,
  limitsByKind,
} from "./entry-schemas.ts";
import { createNotifySchema } from "./notify/schema.ts";
import { ruleSchema } from "./rules/schema.ts";
import { thresholdsSchema } from "./thresholds.ts";

/** The problem of a config without entities. */
export const NO_SERVICES = "must list at least one service, such as - name: api-gateway";

/** The schema of a config file, built from the registries. */
export function createConfigSchema(catalog: Catalog) {
  const limitsOf = createLimitsSchemas();
  return z.strictObject({
    tick: tickSchema().prefault("500ms").describe("evaluation interval"),
    window: windowSchema().prefault("15s").describe("window of values, health and alerts"),
    seed: z
      .int("must be a whole number")
      .default(1)
      .describe("random seed of the simulation; the same seed gives the same run"),
    thresholds: thresholdsSchema()
      .optional()
      .describe("old spelling of the limits of services; stale_after applies to all entities"),
    limits: limitsByKind(catalog.entities.values(), limitsOf)
      .optional()
      .describe("limits by entity kind and measure"),
    services: list(createServiceSchema(catalog, limitsOf), MAX_ENTITIES, { problem: NO_SERVICES })
      .optional()
      .describe("the services and hosts to monitor; optional with worlds"),
    worlds: list(createWorldSchema(catalog, limitsOf), 100, {
      problem: "must be a list of worlds, such as - world: KIND",
    })
      .optional()
      .describe("simulated systems to monitor, in addition to the services"),
    rules: list(ruleSchema(catalog), 1000, { problem: "must be a list of rules, such as - kind: KIND" })
      .optional()
      .describe("alert rules; default: one for each measure with limits, and one of each kind"),
    alerts: alertsSchema().optional().describe("what holds for all alerts"),
    maintenance: maintenanceSchema().optional().describe("when alerts are silenced, once or again and again"),
    notify: createNotifySchema(catalog).optional().describe("who is told of alerts, and how"),
  });
}

/** A parsed config with the defaults of the schema. Times in ms. */
export type ConfigFile = z.output<ReturnType<typeof createConfigSchema>>;
