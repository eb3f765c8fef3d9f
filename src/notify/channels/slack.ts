import { z } from "zod";
import type { Severity } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import { post } from "../http.ts";
import { httpUrl } from "../options.ts";
import { fromEnv } from "../secrets.ts";
import { BODY, TEN_PER_MINUTE, TITLE } from "../templates.ts";
import type { ChannelKind } from "../types.ts";

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
  open: ({ url, channel, username }, { clock }) => ({
    send({ key, severity, alerts }, { title, body }, signal) {
      const isOver = alerts.length > 0 && alerts.every(({ state }) => state === "resolved");
      const text = escaped(body);
      const message = {
        ...(channel === undefined ? {} : { channel }),
        ...(username === undefined ? {} : { username }),
        text: escaped(title),
        attachments: [{ color: isOver ? RESOLVED : COLORS[severity], text, fallback: text }],
      };
      const headers = { "idempotency-key": key };
      return post({ url, body: JSON.stringify(message), headers }, signal, clock);
    },
    close() {},
  }),
};
