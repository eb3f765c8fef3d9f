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
import type { FaultKind } from "./types.ts";

/** Every kind of fault, under its name, in the order of the fault menu. */
export const faultKinds = {
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
} satisfies Record<string, FaultKind>;

const kinds = new Map<string, FaultKind>(Object.entries(faultKinds));

/** The kind of that name; undefined when there is none. */
export function faultKind(name: string): FaultKind | undefined {
  return kinds.get(name);
}
