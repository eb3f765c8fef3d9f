import { ruleKinds } from "../../alerts/rules/index.ts";
import type { RuleKind } from "../../alerts/types.ts";
import { durationText } from "../../config/json-schema.ts";
import { faultKinds } from "../../faults/index.ts";
import type { FaultKind } from "../../faults/types.ts";
import { latencyModels } from "../../sim/models/index.ts";
import { sourceKinds } from "../../sources/index.ts";
import type { SourceKind } from "../../sources/types.ts";
import type { Group } from "./groups.ts";
import { type OptionEntry, optionsOf } from "./options.ts";
import { storeEntries } from "./store-entries.ts";

/** One kind of anything, as `describe` tells it. */
export interface KindEntry {
  readonly group: Group;
  readonly kind: string;
  readonly description: string;
  readonly options: readonly OptionEntry[];
  /** The key that chooses it in the fault menu. */
  readonly key?: string;
  /** A config section that uses it. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** Everything the registries hold. */
export function allKinds(): KindEntry[] {
  return [
    ...Object.values(sourceKinds).map(sourceEntry),
    ...Object.values(latencyModels).map(({ kind, description }) => ({
      group: "models" as const,
      kind,
      description,
      options: [],
    })),
    ...Object.values(faultKinds).map(faultEntry),
    ...Object.values(ruleKinds).map(ruleEntry),
    ...storeEntries().map((entry) => ({ group: "store" as const, options: [], ...entry })),
  ];
}

function sourceEntry({ kind, description, schema, example }: SourceKind<unknown>): KindEntry {
  return { group: "sources", kind, description, options: optionsOf(schema), example };
}

function ruleEntry({ kind, description, schema }: RuleKind<unknown>): KindEntry {
  return { group: "rules", kind, description, options: optionsOf(schema) };
}

/** Faults are not configured but injected: what can be chosen then are these two. */
function faultEntry(fault: FaultKind): KindEntry {
  const { kind, key, description, unit, levels, defaultLevel, defaultTtlMs } = fault;
  const intensity: OptionEntry = {
    name: "intensity",
    type: `${levels.join(", ")} ${unit}`.trim(),
    required: false,
    default: defaultLevel,
    description: "how strong it is",
  };
  const ttl: OptionEntry = {
    name: "ttl",
    type: "duration",
    required: false,
    default: durationText(defaultTtlMs),
    description: "when it ends by itself",
  };
  return { group: "faults", kind, description, key, options: levels.length > 1 ? [intensity, ttl] : [ttl] };
}
