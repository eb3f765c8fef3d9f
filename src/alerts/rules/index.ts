import type { RuleKind } from "../types.ts";
import { absence } from "./absence.ts";
import { all } from "./all.ts";
import { anomaly } from "./anomaly.ts";
import { any } from "./any.ts";
import { change } from "./change.ts";
import { highCpu } from "./high-cpu.ts";
import { highErrorRate } from "./high-error-rate.ts";
import { highLatency } from "./high-latency.ts";
import { limit } from "./limit.ts";
import { not } from "./not.ts";
import { serviceDown } from "./service-down.ts";
import { threshold } from "./threshold.ts";

/** All rule kinds, by their name in configs. */
export const ruleKinds = {
  HIGH_CPU: highCpu,
  HIGH_ERROR_RATE: highErrorRate,
  HIGH_LATENCY: highLatency,
  SERVICE_DOWN: serviceDown,
  LIMIT: limit,
  THRESHOLD: threshold,
  ABSENCE: absence,
  CHANGE: change,
  ANOMALY: anomaly,
  ALL: all,
  ANY: any,
  NOT: not,
} satisfies Record<string, RuleKind<unknown>>;
