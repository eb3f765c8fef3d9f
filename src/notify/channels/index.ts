import type { ChannelKind } from "../types.ts";
import { alertmanager } from "./alertmanager.ts";
import { command } from "./command.ts";
import { email } from "./email.ts";
import { file } from "./file.ts";
import { ntfy } from "./ntfy.ts";
import { pagerduty } from "./pagerduty.ts";
import { slack } from "./slack.ts";
import { terminal } from "./terminal.ts";
import { webhook } from "./webhook.ts";

/** All channel kinds, by their name in configs. */
export const channelKinds = {
  webhook,
  slack,
  email,
  alertmanager,
  pagerduty,
  ntfy,
  command,
  terminal,
  file,
} satisfies Record<string, ChannelKind>;
