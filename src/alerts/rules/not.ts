import { combinedRule } from "../combined-rule.ts";

/** No condition holds. A value that is unknown may hold, so it does not count as one that does not. */
export const not = combinedRule("none", {
  kind: "NOT",
  description: "None of several conditions on measures holds, and all of their values are known.",
  example: {
    kind: "NOT",
    name: "NOT_SERVING",
    conditions: [
      { measure: "availability", above: 99 },
      { measure: "request_rate", above: 1 },
    ],
    for: "1m",
  },
});
