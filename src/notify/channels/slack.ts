import { z } from "zod";
import type { Severity } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import type { Notification } from "../../core/notification.ts";
import { post } from "../http.ts";
import { httpUrl } from "../options.ts";
import { fromEnv } from "../secrets.ts";
import { BODY, TEN_PER_MINUTE, TITLE } from "../templates.ts";
import type { ChannelKind, Rendered } from "../types.ts";

const schema = lazy(() =>
  z.strictObject({
    url: httpUrl().describe("the URL of the incoming webhook; it is a secret"),
    channel: z
      .string()
      .max(200)
      .optional()
      .describe("channel instead of the one of the webhook, if it allows that"),
    username: z.string().max(200).optional().describe("name of the sender, if the webhook allows that"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

const COLORS: Readonly<Record<Severity, string>> = {
  page: "#a30200",
  critical: "#d63232",
  warning: "#daa038",
};
const RESOLVED = "#2eb67d";

/** Texts come from outside: `<!channel>` must not notify everybody. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The message. Attachments are what all of them show in the colour of the severity. */
function messageOf(
  { channel, username }: Options,
  { severity, alerts }: Notification,
  { title, body }: Rendered,
): Record<string, unknown> {
  const isOver = alerts.length > 0 && alerts.every(({ state }) => state === "resolved");
  const text = escaped(body);
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(username === undefined ? {} : { username }),
    text: escaped(title),
    attachments: [{ color: isOver ? RESOLVED : COLORS[severity], text, fallback: text }],
  };
}

/** Slack, and what accepts its webhooks: Mattermost, Rocket.Chat, Discord (its URL with /slack). */
export const slack: ChannelKind<Options> = {
  kind: "slack",
  description: "Posts a message to an incoming webhook of Slack, Mattermost, Rocket.Chat or Discord.",
  get schema() {
    return schema();
  },
  example: { name: "ops", kind: "slack", url: fromEnv("SLACK_URL") },
  template: { title: TITLE, body: BODY },
  secrets: ["url"],
  rate: TEN_PER_MINUTE,
  preview: (options, notification, rendered) =>
    JSON.stringify(messageOf(options, notification, rendered), null, 2),
  open: (options, { clock }) => ({
    send(notification, rendered, signal) {
      const body = JSON.stringify(messageOf(options, notification, rendered));
      const headers = { "idempotency-key": notification.key };
      return post({ url: options.url, body, headers }, signal, clock);
    },
    close() {},
  }),
};
