import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** The service runs but cannot reach the services it calls. */
export const dependencyCut = defineFault<ServiceEffects>()({
  kind: "dependency-cut",
  key: "d",
  title: "Dependency cut",
  description: "Cuts the service off from the services it calls: every call fails immediately.",
  accepts: ["service"],
  params: {},
  moves: ["error_rate"],
  defaultTtlMs: 60_000,
  label: () => "dependencies cut",
  refuses: ({ links }) =>
    links.some(({ type }) => type === "calls") ? undefined : "it calls no other service",
  apply: (effects) => {
    effects.cutCalls = true;
  },
});
