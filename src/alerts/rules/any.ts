import { combinedRule } from "../combined-rule.ts";

/** At least one of several conditions holds; its alert goes on while another takes over. */
export const any = combinedRule("any", {
  kind: "ANY",
  description: "At least one of several conditions on measures holds.",
  example: {
    kind: "ANY",
    name: "UNUSABLE",
    conditions: [
      { measure: "error_rate", above: 0.2 },
      { all: [{ measure: "p99", above: "2s" }, { not: { measure: "request_rate", below: 1 } }] },
    ],
    severity: "critical",
  },
});
