import type { FaultKind } from "./types.ts";

/** The process is gone: whoever asks is refused at once. */
export const outage: FaultKind = {
  kind: "outage",
  key: "o",
  title: "Outage",
  description: "The service is gone: requests and health checks are refused at once, the heartbeat stops.",
  unit: "",
  levels: [1],
  defaultLevel: 1,
  defaultTtlMs: 60_000,
  label: () => "outage",
  apply: (effects) => {
    effects.refuse = true;
  },
};
