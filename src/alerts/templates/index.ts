import { database } from "./database.ts";
import { queue } from "./queue.ts";
import type { RuleTemplate } from "./types.ts";
import { webService } from "./web-service.ts";
import { worker } from "./worker.ts";

/** All templates of rules, by their name in configs. */
export const ruleTemplates = {
  "web-service": webService,
  worker,
  queue,
  database,
} satisfies Record<string, RuleTemplate<unknown>>;
