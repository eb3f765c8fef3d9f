import { z } from "zod";
import { CPU } from "../../core/observation.ts";
import { percent } from "../../core/quantity.ts";
import { commonOptions, holdOf } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const schema = z.strictObject({
  above: percent.default(85).describe("cpu above this is a warning, percent"),
  critical_above: percent.default(95).describe("cpu above this is critical, percent"),
  ticks: z
    .int({ error: "must be a whole number of at least 1" })
    .min(1, "must be a whole number of at least 1")
    .default(5)
    .describe("evaluations in a row the cpu must stay above before the alert fires"),
  ...commonOptions,
});

type Options = z.output<typeof schema>;

/** A processor value older than this, ms, or than three looks of its source, says nothing about now. */
const FRESH_MS = 5_000;
const FRESH_LOOKS = 3;

/** The processor is too busy for a while: a single busy moment is what processors are for. */
export const highCpu: RuleKind<Options> = {
  kind: "HIGH_CPU",
  description: "The cpu gauge stays above a limit for several evaluations in a row.",
  schema,
  hold: (options) => holdOf(options, options.ticks),
  evaluate(reading, options) {
    const cpu = reading.gauges.get(CPU);
    if (cpu === undefined) return undefined;
    if (reading.at - cpu.at > Math.max(FRESH_MS, FRESH_LOOKS * reading.cadenceMs)) return undefined;

    const critical = cpu.value > options.critical_above;
    if (!critical && !(cpu.value > options.above)) return undefined;
    const limit = critical ? options.critical_above : options.above;
    return {
      severity: critical ? "critical" : "warning",
      message: `${reading.service}: cpu=${cpu.value.toFixed(1)}% over ${limit}%`,
    };
  },
};
