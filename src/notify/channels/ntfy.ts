import { z } from "zod";
import type { Severity } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import type { Notification } from "../../core/notification.ts";
import { post } from "../http.ts";
import { httpUrl, referable, secretText } from "../options.ts";
import { fromEnv } from "../secrets.ts";
import { BODY, TEN_PER_MINUTE, TITLE } from "../templates.ts";
import type { ChannelKind, Rendered } from "../types.ts";

const TOPIC = /^[-_A-Za-z0-9]{1,64}$/;

const schema = lazy(() =>
  z.strictObject({
    url: httpUrl().default("https://ntfy.sh").describe("the server"),
    topic: referable(
      (text) => TOPIC.test(text),
      "must be a topic of 1 to 64 letters, digits, - and _",
    ).describe("the topic; whoever knows it can read it, unless the server protects it"),
    token: secretText().optional().describe("access token, for a protected topic"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** 5: long vibration and sound; 3: default. */
const PRIORITY: Readonly<Record<Severity, number>> = { page: 5, critical: 4, warning: 3 };
const RESOLVED_PRIORITY = 2;

/** A longer message would become an attachment, bytes. */
const MAX_BYTES = 4_000;

function shortened(text: string): string {
  const bytes = Buffer.from(text);
  // A character that was cut decodes to a replacement character.
  return bytes.length <= MAX_BYTES
    ? text
    : `${bytes
        .subarray(0, MAX_BYTES)
        .toString()
        .replace(/\uFFFD$/, "")}…`;
}

function messageOf(
  { topic }: Options,
  { severity, alerts }: Notification,
  { title, body }: Rendered,
): Record<string, unknown> {
  const isOver = alerts.length > 0 && alerts.every(({ state }) => state === "resolved");
  return {
    topic,
    title,
    message: shortened(body),
    priority: isOver ? RESOLVED_PRIORITY : PRIORITY[severity],
    tags: [isOver ? "white_check_mark" : severity === "warning" ? "warning" : "rotating_light"],
  };
}

/** Notices on phones and desktops through ntfy (https://docs.ntfy.sh/publish/#publish-as-json). */
export const ntfy: ChannelKind<Options> = {
  kind: "ntfy",
  description: "Publishes to a topic of an ntfy server, with a priority by severity.",
  get schema() {
    return schema();
  },
  example: { name: "phone", kind: "ntfy", topic: fromEnv("NTFY_TOPIC") },
  template: { title: TITLE, body: BODY },
  secrets: ["topic", "token"],
  rate: TEN_PER_MINUTE,
  preview: (options, notification, rendered) =>
    JSON.stringify(messageOf(options, notification, rendered), null, 2),
  open: (options, { clock }) => ({
    send(notification, rendered, signal) {
      const { url, token } = options;
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return post(
        { url, body: JSON.stringify(messageOf(options, notification, rendered)), headers },
        signal,
        clock,
      );
    },
    close() {},
  }),
};
