import { z } from "zod";
import type { Catalog } from "../catalog/catalog.ts";
import { tickSchema, windowSchema } from "./entry-fields.ts";
import {
  createLimitsSchemas,
  createRuleSchema,
  createServiceSchema,
  createWorldSchema,
  limitsByKind,
} from "./entry-schemas.ts";
import { thresholdsSchema } from "./thresholds.ts";

/** The problem of a config without entities. */
export const NO_SERVICES = "must list at least one service, such as - name: api-gateway";

/** The shape of a config file, built from the registries: it knows no kind by name. */
export function createConfigSchema(catalog: Catalog) {
  const limitsOf = createLimitsSchemas();
  return z.strictObject({
    tick: tickSchema.prefault("500ms").describe("how often everything is evaluated"),
    window: windowSchema.prefault("15s").describe("window that values, health and alerts cover"),
    seed: z
      .int("must be a whole number")
      .default(1)
      .describe("random seed of the simulation; the same seed gives the same run"),
    thresholds: thresholdsSchema
      .optional()
      .describe("old spelling of the limits of services; stale_after applies to every entity"),
    limits: limitsByKind(catalog.entities.values(), limitsOf)
      .optional()
      .describe("limits by entity kind and measure"),
    services: z
      .array(createServiceSchema(catalog, limitsOf), NO_SERVICES)
      .optional()
      .describe("the services and hosts to watch; optional with worlds"),
    worlds: z
      .array(createWorldSchema(catalog, limitsOf), "must be a list of worlds, such as - world: KIND")
      .optional()
      .describe("the simulated systems to watch beside the services"),
    rules: z
      .array(createRuleSchema(catalog), "must be a list of rules, such as - kind: KIND")
      .optional()
      .describe(
        "the rules that raise alerts; default: one for each measure with limits, and one of each kind",
      ),
  });
}

/** A whole config as written, with the defaults that depend on nothing else. Times in ms. */
export type ConfigFile = z.output<ReturnType<typeof createConfigSchema>>;
