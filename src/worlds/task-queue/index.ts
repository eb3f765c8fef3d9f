import type { WorldKind } from "../types.ts";
import { actionKinds } from "./actions.ts";
import { entitiesOf } from "./entities.ts";
import { faultKinds } from "./faults/index.ts";
import { entityKinds } from "./kinds/index.ts";
import { type Options, optionsSchema } from "./options.ts";
import { problemsOf } from "./problems.ts";
import { TaskQueueWorld } from "./world.ts";

/** Work queues and partitioned topics with their producers and consumers. */
export const taskQueue: WorldKind<Options> = {
  kind: "task-queue",
  description: "work queues and partitioned topics with producers, consumers, retries and dead letters",
  get schema() {
    return optionsSchema();
  },
  example: {
    world: "task-queue",
    name: "orders",
    options: {
      queues: [{ name: "order-tasks", priorities: 3, visibility_timeout: "30s", max_retries: 3 }],
      topics: [{ name: "order-events", partitions: 3 }],
      producers: [
        { name: "order-producer", to: "order-tasks", rate: 20 },
        { name: "event-producer", to: "order-events", rate: 15 },
      ],
      consumers: [
        { name: "order-workers", from: "order-tasks", count: 3, processing_time: "80ms" },
        { name: "event-workers", from: "order-events", count: 3, processing_time: "80ms" },
      ],
    },
  },
  entityKinds,
  faultKinds,
  actionKinds,
  entities: entitiesOf,
  problems: problemsOf,
  open: (watched, context) => new TaskQueueWorld(watched, context),
};
