import { services } from "./services/index.ts";
import { taskQueue } from "./task-queue/index.ts";
import type { WorldKind } from "./types.ts";

/** Every kind of world, by the name it has in a config. */
export const worldKinds = {
  services,
  "task-queue": taskQueue,
} satisfies Record<string, WorldKind>;
