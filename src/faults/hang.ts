import type { FaultKind } from "./types.ts";

/** The process stands still: connections are taken and nothing ever comes back. */
export const hang: FaultKind = {
  kind: "hang",
  key: "h",
  title: "Hang",
  description:
    "The service stops answering without refusing: callers run into their timeouts, the heartbeat stops.",
  unit: "",
  levels: [1],
  defaultLevel: 1,
  defaultTtlMs: 60_000,
  label: () => "hang",
  apply: (effects) => {
    effects.hang = true;
  },
};
