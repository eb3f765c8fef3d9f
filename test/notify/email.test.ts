import { afterEach, beforeEach, expect, it } from "vitest";
import { opened, sent } from "./channels.ts";
import { aNotification, aNotifiedAlert, aResolution } from "./notifications.ts";
import { type SmtpRecipient, smtpRecipient } from "./smtp-recipient.ts";

let server: SmtpRecipient;

beforeEach(async () => {
  server = await smtpRecipient();
});
afterEach(() => server.close());

const mail = (given: object = {}) => opened("email", { ...server.options, ...given }, { env: server.env });

/** The value of a header of a mail, unfolded. */
function header(source: string, name: string): string | undefined {
  const [head = ""] = source.split("\r\n\r\n");
  const unfolded = head.replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(unfolded)?.[1];
}

it("sends one mail to all, whose id is the key, in the thread of its group", async () => {
  const channel = mail({ to: ["alice@shop.example", "bob@shop.example"] });
  const notification = aNotification({ key: "k1", groupKey: "g1" });
  expect(await sent(channel, notification)).toEqual({ ok: true });
  expect(await sent(channel, notification)).toEqual({ ok: true });
  expect(await sent(channel, aResolution({ key: "k2", groupKey: "g1" }))).toEqual({ ok: true });
  expect(server.mails.map(({ to }) => to)).toEqual(Array(3).fill(["alice@shop.example", "bob@shop.example"]));
  const [first, again, last] = server.mails.map(({ source }) => source);
  expect(header(first!, "Message-ID")).toBe("<k1@faultline>");
  expect(header(again!, "Message-ID")).toBe("<k1@faultline>");
  expect(header(last!, "Message-ID")).toBe("<k2@faultline>");
  expect([first, last].map((source) => header(source!, "References"))).toEqual([
    "<g1@faultline>",
    "<g1@faultline>",
  ]);
  expect(header(first!, "Subject")).toBe("[FIRING] payment-service: HIGH_LATENCY");
  const text = first!.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  expect(text).toContain("p99=1,020ms over 1,000ms");
  expect(text).toContain("runbook: https://wiki.example/latency");
  expect(header(first!, "Auto-Submitted")).toBe("auto-generated");
});

it("lets no text from outside add a header or a recipient", async () => {
  const entity = "a\r\nBcc: eve@evil.example\r\n\r\nnot the body";
  await sent(mail(), aNotification({ alerts: [aNotifiedAlert({ entity })] }));
  const [{ to, source }] = server.mails as [SmtpRecipient["mails"][number]];
  expect(to).toEqual(["alice@shop.example"]);
  expect(header(source, "Bcc")).toBeUndefined();
  expect(header(source, "Subject")).toContain("eve@evil.example");
});

it("tries a wrong password no second time, and a server that is not there again", async () => {
  const wrong = opened("email", server.options, { env: { SMTP_PASSWORD: "wrong-password" } });
  expect(await sent(wrong)).toMatchObject({
    ok: false,
    retry: false,
    problem: expect.stringContaining("535"),
  });
  await server.close();
  expect(await sent(mail())).toMatchObject({ ok: false, retry: true, problem: "connection refused" });
});

it("does not send over a plain connection what has to be encrypted", async () => {
  const result = await sent(mail({ tls: "starttls" }));
  expect(result).toMatchObject({ ok: false });
  expect(server.mails).toEqual([]);
});

it("delivers to the recipients that the server takes, and notes the others", async () => {
  await server.close();
  server = await smtpRecipient({
    onRcptTo({ address }, _session, done) {
      done(
        address.startsWith("gone") ? Object.assign(new Error("no such user"), { responseCode: 550 }) : null,
      );
    },
  });
  const some = mail({ to: ["gone@shop.example", "alice@shop.example"] });
  expect(await sent(some)).toMatchObject({ ok: true, note: expect.stringContaining("gone@shop.example") });
  const none = mail({ to: ["gone@shop.example"] });
  expect(await sent(none)).toMatchObject({ ok: false, retry: false });
});
