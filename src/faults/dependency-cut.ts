import type { FaultKind } from "./types.ts";

/** The service itself is well, but reaches nobody. */
export const dependencyCut: FaultKind = {
  kind: "dependency-cut",
  key: "d",
  title: "Dependency cut",
  description: "The service reaches none of the services it calls: every call fails at once.",
  unit: "",
  levels: [1],
  defaultLevel: 1,
  defaultTtlMs: 60_000,
  label: () => "dependencies cut",
  apply: (effects) => {
    effects.cutCalls = true;
  },
};
