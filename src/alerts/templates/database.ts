import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { holdFor, latencyAbove, missingFor, percentAbove, shareAbove } from "./options.ts";
import type { RuleTemplate } from "./types.ts";

const schema = lazy(() =>
  z.strictObject({
    p95: latencyAbove("p95 latency of queries", "200ms"),
    error_rate: shareAbove("share of failed queries", 0.01),
    memory: percentAbove("memory", 90),
    oldest_query: latencyAbove("age of the oldest query", "10s"),
    missing_for: missingFor("signs of life", "10s"),
    for: holdFor("30s"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** A service that others query: slow and stuck queries, errors, memory, a sudden rise of the load. */
export const database: RuleTemplate<Options> = {
  kind: "database",
  description: "A service that others query: slow or stuck queries, errors, memory, sudden load, absence.",
  entityKinds: ["service"],
  get schema() {
    return schema();
  },
  example: { template: "database", entities: ["orders-db"], p95: "50ms" },
  rules: ({ p95, error_rate, memory, oldest_query, missing_for, for: hold }) => [
    {
      kind: "THRESHOLD",
      name: "DB_SLOW",
      measure: "p95",
      above: p95,
      recovery: p95 * 0.8,
      severity: "critical",
      min_samples: 20,
      for: hold,
    },
    {
      kind: "THRESHOLD",
      name: "DB_ERRORS",
      measure: "error_rate",
      above: error_rate,
      recovery: error_rate / 2,
      severity: "critical",
      min_samples: 20,
      for: hold,
    },
    {
      kind: "THRESHOLD",
      name: "DB_STUCK",
      measure: "oldest_request",
      above: oldest_query,
      severity: "critical",
    },
    {
      kind: "THRESHOLD",
      name: "DB_MEMORY",
      measure: "memory",
      above: memory,
      recovery: memory * 0.95,
      for: hold,
    },
    {
      kind: "CHANGE",
      name: "DB_LOAD_RISE",
      measure: "request_rate",
      percent: 100,
      within: "5m",
      direction: "up",
      min_samples: 50,
      for: hold,
    },
    { kind: "SERVICE_DOWN", name: "DB_DOWN", missing_for },
  ],
};
