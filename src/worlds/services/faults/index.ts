import type { AnyFaultKind } from "../../../faults/types.ts";
import { cpu } from "./cpu.ts";
import { dependencyCut } from "./dependency-cut.ts";
import { errors } from "./errors.ts";
import { flapping } from "./flapping.ts";
import { hang } from "./hang.ts";
import { jitter } from "./jitter.ts";
import { latency } from "./latency.ts";
import { memory } from "./memory.ts";
import { outage } from "./outage.ts";
import { traffic } from "./traffic.ts";

/** All fault kinds of simulated services, in the order of the fault menu. */
export const serviceFaults = {
  latency,
  jitter,
  errors,
  outage,
  hang,
  cpu,
  memory,
  traffic,
  "dependency-cut": dependencyCut,
  flapping,
} satisfies Record<string, AnyFaultKind>;
