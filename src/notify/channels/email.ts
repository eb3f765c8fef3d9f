import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import type { Notification } from "../../core/notification.ts";
import { whole } from "../../core/quantity.ts";
import { plainError } from "../../net/errors.ts";
import { referable, secretText } from "../options.ts";
import { fromEnv } from "../secrets.ts";
import { BODY, TEN_PER_MINUTE, TITLE } from "../templates.ts";
import type { ChannelKind, Rendered, SendResult } from "../types.ts";

const ADDRESS = /^[^\s@<>",;]+@[^\s@<>",;]+$/;
const address = lazy(() =>
  referable((text) => ADDRESS.test(text), "must be one mail address, such as alice@shop.example"),
);

const schema = lazy(() =>
  z.strictObject({
    host: referable((text) => /^[\w.:-]+$/.test(text), "must be a host name or an IP address").describe(
      "the SMTP server",
    ),
    port: whole(1, 65_535).default(587).describe("its port"),
    tls: z
      .enum(["starttls", "implicit", "none"])
      .default("starttls")
      .describe("starttls: required after connecting; implicit: from the start, usually port 465"),
    user: secretText().optional().describe("user name, if the server asks for one"),
    password: secretText().optional().describe("password of the user"),
    from: address().describe("sender"),
    to: list(address(), 50).min(1, "must name at least one address").describe("recipients"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** Shown as such by most mail programs. */
const HIGH_PRIORITY = { "X-Priority": "1", Importance: "high" };

/**
 * The message. Its id is the idempotency key, so that a duplicate has the same one; all mails about a group belong to
 * one thread.
 */
function messageOf(notification: Notification, { title, body }: Rendered, { from, to }: Options) {
  const { key, groupKey, severity, reason } = notification;
  const thread = `<${groupKey}@faultline>`;
  return {
    from,
    to: [...to],
    subject: title,
    text: body,
    messageId: `<${key}@faultline>`,
    inReplyTo: thread,
    references: thread,
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Faultline-Key": key,
      ...(severity !== "warning" && reason !== "resolved" ? HIGH_PRIORITY : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Of Node and nodemailer: what keeps a message from being accepted anywhere. */
const HOPELESS = new Set(["EAUTH", "ENOAUTH", "EENVELOPE", "EMESSAGE", "ETLS", "ECONFIG"]);

/** Replies with 4yz are transient, those with 5yz permanent (RFC 5321, 4.2.1). Everything else may pass. */
function problemOf(thrown: unknown): SendResult {
  const error = thrown as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  const { code = "", responseCode, response } = error;
  if (responseCode === undefined)
    return { ok: false, problem: plainError(original(thrown)), retry: !HOPELESS.has(code) };
  return { ok: false, problem: `the server answered ${response}`, retry: responseCode < 500 };
}

/** An error of the network with its own code, which nodemailer replaces by ESOCKET and leaves in the message. */
function original(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const [code] = /\bE[A-Z]{3,}\b/.exec(thrown.message) ?? [];
  return code === undefined ? new Error(thrown.message) : Object.assign(new Error(thrown.message), { code });
}

/** Mail through an SMTP server. */
export const email: ChannelKind<Options> = {
  kind: "email",
  description: "Sends mail through an SMTP server; all mails about a group form a thread.",
  get schema() {
    return schema();
  },
  example: {
    name: "mail",
    kind: "email",
    host: "smtp.shop.example",
    user: "faultline",
    password: fromEnv("SMTP_PASSWORD"),
    from: "faultline@shop.example",
    to: ["alice@shop.example"],
  },
  template: { title: TITLE, body: BODY },
  secrets: ["password"],
  rate: TEN_PER_MINUTE,
  preview(options, notification, rendered) {
    const { from, to, subject, text, messageId } = messageOf(notification, rendered, options);
    return `From: ${from}\nTo: ${to.join(", ")}\nSubject: ${subject}\nMessage-ID: ${messageId}\n\n${text}`;
  },
  open: (options) => ({
    async send(notification, rendered, signal) {
      const { host, port, tls, user, password } = options;
      try {
        // Loaded here: no start needs it.
        const { createTransport } = await import("nodemailer");
        const transport = createTransport({
          host,
          port,
          secure: tls === "implicit",
          requireTLS: tls === "starttls",
          ignoreTLS: tls === "none",
          ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
          // It ends with the attempt.
          socketCloseTimeout: 0,
        });
        const { rejected } = await transport.sendMail({
          ...messageOf(notification, rendered, options),
          signal,
        });
        return rejected.length === 0
          ? { ok: true }
          : { ok: true, note: `refused for ${rejected.join(", ")}` };
      } catch (error) {
        return problemOf(error);
      }
    },
    close() {},
  }),
};
