import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { countAbove, holdFor, latencyAbove } from "./options.ts";
import type { RuleTemplate } from "./types.ts";

const schema = lazy(() =>
  z.strictObject({
    depth: countAbove("messages that wait", 1_000),
    oldest_age: latencyAbove("age of the oldest message", "1m"),
    dead_letters: countAbove("dead letters", 100),
    for: holdFor("30s"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** A backlog before it hurts: it is deep and still growing, its oldest message is old, or messages are given up. */
export const queue: RuleTemplate<Options> = {
  kind: "queue",
  description: "A queue or a topic: a growing backlog, old messages, dead letters, no consumers, its broker.",
  entityKinds: ["queue"],
  get schema() {
    return schema();
  },
  example: { template: "queue", match: { name: "order*" }, depth: 500 },
  rules: ({ depth, oldest_age, dead_letters, for: hold }) => [
    {
      kind: "ALL",
      name: "QUEUE_BACKLOG",
      conditions: [
        { measure: "depth", above: depth },
        { measure: "lag_growth", above: 0 },
      ],
      severity: "critical",
      for: hold,
    },
    {
      kind: "THRESHOLD",
      name: "QUEUE_OLD_MESSAGES",
      measure: "oldest_age",
      above: oldest_age,
      recovery: oldest_age / 2,
      severity: "critical",
      for: hold,
    },
    {
      kind: "THRESHOLD",
      name: "QUEUE_DEAD_LETTERS",
      measure: "dead_letters",
      above: dead_letters,
      for: hold,
    },
    { kind: "LIMIT", name: "QUEUE_NO_CONSUMERS", measure: "consumers" },
    { kind: "LIMIT", name: "QUEUE_BROKER_DOWN", measure: "broker_up" },
  ],
};
