import type { EntityKind } from "../../../core/entity.ts";
import { connection, increase, latest, rate } from "./measures.ts";
import * as m from "./metrics.ts";

/** A producer of messages. */
export const producer: EntityKind = {
  kind: "producer",
  title: "producers",
  description: "publishes messages to a queue or a topic; unpublished messages wait in its outbox",
  metrics: [m.PUBLISHED, m.ATTEMPTS, m.FAILED_PUBLISHES, m.DROPPED, m.UNSENT, m.UP],
  measures: [
    {
      id: "publish_failures",
      title: "failed publishes",
      unit: "ratio",
      description: "failed attempts to publish / attempts",
      worse: "up",
      read: {
        type: "ratio",
        of: { metric: m.FAILED_PUBLISHES.name, stat: "count" },
        to: { metric: m.ATTEMPTS.name, stat: "count" },
      },
      limits: { degraded: 0.01, critical: 0.1 },
      samples: "attempts",
      minSamples: 5,
      alert: "PUBLISH_FAILURES",
      axisAtLeast: 0.1,
      top: 1,
    },
    latest(m.UNSENT, "unsent", {
      limits: { degraded: 0, critical: 5000 },
      sustained: 2,
      alert: "UNSENT_MESSAGES",
    }),
    rate(m.PUBLISHED, "publish_rate", "published", { worse: "none" }),
    increase(m.FAILED_PUBLISHES, "failed"),
    increase(m.DROPPED, "dropped", { limits: { critical: 0 }, alert: "MESSAGES_DROPPED" }),
    connection(m.UP, "producer_up", "connected", { alert: "PRODUCER_DOWN", breach: "not connected" }),
    increase(m.ATTEMPTS, "attempts", { worse: "none", hidden: true }),
  ],
  columns: [
    { measure: "publish_rate", heading: "pub/s", width: 7, priority: 0 },
    { measure: "publish_failures", heading: "fail%", width: 5, priority: 1 },
    { measure: "unsent", heading: "unsent", width: 6, priority: 2 },
    { measure: "dropped", heading: "dropped", width: 7, priority: 3 },
  ],
  headline: "publish_rate",
  bars: ["publish_failures", "publish_rate"],
  compared: ["publish_rate", "publish_failures", "unsent"],
};
