import { z } from "zod";
import { type Thresholds, thresholdsSchema } from "../health/thresholds.ts";
import type { ConfigKinds } from "./kinds.ts";
import { createServiceSchema, type ServiceEntry } from "./service-schema.ts";
import { tickSchema, windowSchema } from "./time-schemas.ts";

/** One rule as written: the common keys and those of its kind, flat in one map. */
export interface RuleEntry {
  readonly kind: string;
  readonly services?: readonly string[] | undefined;
  readonly [option: string]: unknown;
}

/** A whole config as written, with the defaults that need no knowledge of anything else. */
export interface ConfigFile {
  /** ms */
  readonly tick: number;
  /** ms */
  readonly window: number;
  readonly seed: number;
  readonly thresholds: Thresholds;
  readonly services: readonly ServiceEntry[];
  readonly rules?: readonly RuleEntry[] | undefined;
}

const NO_SERVICES = "must list at least one service, such as - name: api-gateway";

/** The keys of a rule that are not its kind's own. */
export const COMMON_RULE_KEYS: readonly string[] = ["kind", "services"];

function createRuleSchema(kinds: ConfigKinds): z.ZodType<RuleEntry> {
  const [first, ...others] = Object.values(kinds.rules).map((rule) => {
    const taken = COMMON_RULE_KEYS.find((key) => key in rule.schema.shape);
    if (taken !== undefined) throw new Error(`Rule ${rule.kind} may not have an option called ${taken}.`);
    return rule.schema.safeExtend({
      kind: z.literal(rule.kind).describe(rule.description),
      services: z
        .array(z.string())
        .min(1, "must name at least one service; leave it out to watch them all")
        .optional()
        .describe("names of the services it watches; default: all"),
    });
  });
  if (first === undefined) throw new Error("There is no kind of rule to build a config schema from.");
  const union = z.discriminatedUnion("kind", [first, ...others], "must be a map with at least a kind");
  // The kinds are known at run time only, so their own keys have no types here.
  return union as unknown as z.ZodType<RuleEntry>;
}

/** The shape of a config file, built from the registries: it knows no kind by name. */
export function createConfigSchema(kinds: ConfigKinds): z.ZodType<ConfigFile> {
  return z.strictObject({
    tick: tickSchema.prefault("500ms").describe("how often everything is looked at"),
    window: windowSchema.prefault("15s").describe("window that numbers, health and alerts speak of"),
    seed: z
      .int("must be a whole number")
      .default(1)
      .describe("where the simulation's chance begins; the same seed gives the same run"),
    thresholds: thresholdsSchema.prefault({}).describe("when a service stops being healthy"),
    services: z
      .array(createServiceSchema(kinds), NO_SERVICES)
      .min(1, NO_SERVICES)
      .describe("the services to watch"),
    rules: z
      .array(createRuleSchema(kinds), "must be a list of rules, such as - kind: KIND")
      .optional()
      .describe("the rules that raise alerts; default: one of each kind"),
  });
}
