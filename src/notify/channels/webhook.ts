import { createHmac } from "node:crypto";
import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { post } from "../http.ts";
import { headers, httpUrl, secretText } from "../options.ts";
import { payloadOf } from "../payload.ts";
import { fromEnv } from "../secrets.ts";
import { BODY, TEN_PER_MINUTE, TITLE } from "../templates.ts";
import type { ChannelKind } from "../types.ts";

const schema = lazy(() =>
  z.strictObject({
    url: httpUrl().describe("where the JSON is posted to"),
    headers: headers().describe("request headers, by name"),
    secret: secretText()
      .optional()
      .describe("key of the signature in the header webhook-signature (Standard Webhooks, HMAC-SHA256)"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** Secrets in the form of Standard Webhooks are base64 after this prefix; others are taken as they are. */
const PREFIX = "whsec_";

/** The headers of https://www.standardwebhooks.com: id, time in seconds, and the signature of both and the body. */
function signed(id: string, seconds: number, body: string, secret: string): Record<string, string> {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : secret;
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` };
}

/** Any program with an HTTP endpoint. */
export const webhook: ChannelKind<Options> = {
  kind: "webhook",
  description:
    "Posts JSON in the form of Alertmanager's webhooks, with the idempotency key in the header Idempotency-Key, and " +
    "signed if it has a secret.",
  get schema() {
    return schema();
  },
  example: {
    name: "hook",
    kind: "webhook",
    url: "http://localhost:8080/alerts",
    secret: fromEnv("HOOK_SECRET"),
  },
  template: { title: TITLE, body: BODY },
  secrets: ["headers", "secret"],
  rate: TEN_PER_MINUTE,
  preview: (_options, notification, rendered) => JSON.stringify(payloadOf(notification, rendered), null, 2),
  open: ({ url, headers, secret }, { clock }) => ({
    send(notification, rendered, signal) {
      const { key } = notification;
      const body = JSON.stringify(payloadOf(notification, rendered));
      const signature = secret === undefined ? {} : signed(key, Math.floor(clock.now() / 1000), body, secret);
      return post(
        { url, body, headers: { "idempotency-key": key, ...signature, ...headers } },
        signal,
        clock,
      );
    },
    close() {},
  }),
};
