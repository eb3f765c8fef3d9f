import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { holdFor, latencyAbove, missingFor, percentAbove, shareAbove } from "./options.ts";
import type { RuleTemplate } from "./types.ts";

const schema = lazy(() =>
  z.strictObject({
    error_rate: shareAbove("share of failed requests", 0.05),
    p99: latencyAbove("p99 latency", "1s"),
    cpu: percentAbove("cpu", 85),
    missing_for: missingFor("signs of life", "10s"),
    traffic_missing_for: missingFor("traffic", "2m"),
    for: holdFor("15s"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** What users of a web service notice first: errors, latency, absence; and the load that comes before. */
export const webService: RuleTemplate<Options> = {
  kind: "web-service",
  description:
    "A service that answers requests of users: errors, latency, load, absence of traffic and of life.",
  entityKinds: ["service"],
  get schema() {
    return schema();
  },
  example: { template: "web-service", match: { labels: { team: "payments" } }, p99: "500ms" },
  rules: ({ error_rate, p99, cpu, missing_for, traffic_missing_for, for: hold }) => [
    {
      kind: "THRESHOLD",
      name: "WEB_ERRORS",
      measure: "error_rate",
      above: error_rate,
      recovery: error_rate / 2,
      severity: "critical",
      min_samples: 20,
      for: hold,
    },
    {
      kind: "THRESHOLD",
      name: "WEB_LATENCY",
      measure: "p99",
      above: p99,
      recovery: p99 * 0.8,
      severity: "critical",
      min_samples: 20,
      for: hold,
    },
    {
      kind: "ALL",
      name: "WEB_SATURATED",
      conditions: [
        { measure: "cpu", above: cpu },
        { measure: "p99", above: p99 / 2 },
      ],
      for: hold,
    },
    { kind: "ABSENCE", name: "WEB_NO_TRAFFIC", measure: "request_rate", missing_for: traffic_missing_for },
    { kind: "SERVICE_DOWN", name: "WEB_DOWN", missing_for },
  ],
};
