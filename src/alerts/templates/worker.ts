import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { holdFor, missingFor, shareAbove } from "./options.ts";
import type { RuleTemplate } from "./types.ts";

const schema = lazy(() =>
  z.strictObject({
    failures: shareAbove("share of failed tasks", 0.1),
    idle_for: missingFor("finished tasks", "5m"),
    missing_for: missingFor("signs of life", "15s"),
    for: holdFor("30s"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** What goes wrong with a consumer of a queue: it fails, slows down, has nothing to do, or is gone. */
export const worker: RuleTemplate<Options> = {
  kind: "worker",
  description: "A consumer of a queue: failing tasks, slow tasks, no finished tasks, absence.",
  entityKinds: ["consumer"],
  get schema() {
    return schema();
  },
  example: { template: "worker", failures: 0.05, idle_for: "10m" },
  rules: ({ failures, idle_for, missing_for, for: hold }) => [
    {
      kind: "THRESHOLD",
      name: "WORKER_FAILURES",
      measure: "processing_failures",
      above: failures,
      recovery: failures / 2,
      severity: "critical",
      for: hold,
    },
    {
      kind: "ANOMALY",
      name: "WORKER_SLOW",
      measure: "processing_p95",
      z: 4,
      for: hold,
    },
    {
      kind: "ABSENCE",
      name: "WORKER_IDLE",
      measure: "processed_rate",
      missing_for: idle_for,
      severity: "warning",
    },
    { kind: "LIMIT", name: "WORKER_DOWN", measure: "consumer_up" },
    { kind: "ABSENCE", name: "WORKER_GONE", missing_for, severity: "page" },
  ],
};
