import type { EntityKind } from "../../../core/entity.ts";
import { consumer } from "./consumer.ts";
import { partition } from "./partition.ts";
import { producer } from "./producer.ts";
import { queue } from "./queue.ts";

/** The entity kinds of task queue worlds, in the order of their sections. */
export const entityKinds: readonly EntityKind[] = [queue, partition, consumer, producer];
