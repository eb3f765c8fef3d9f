import { combinedRule } from "../combined-rule.ts";

/** Several conditions hold at the same time: cpu > 80 and memory > 75. */
export const all = combinedRule("all", {
  kind: "ALL",
  description: "All of several conditions on measures hold.",
  example: {
    kind: "ALL",
    name: "OVERLOADED",
    conditions: [
      { measure: "cpu", above: 80 },
      { measure: "memory", above: 75 },
    ],
    for: "30s",
  },
});
