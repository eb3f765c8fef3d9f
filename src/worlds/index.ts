import { services } from "./services/index.ts";
import { taskQueue } from "./task-queue/index.ts";
import type { WorldKind } from "./types.ts";

/** All world kinds, by their name in configs. */
export const worldKinds = {
  services,
  "task-queue": taskQueue,
} satisfies Record<string, WorldKind>;
