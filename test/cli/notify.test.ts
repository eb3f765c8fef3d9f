import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { type HttpRecipient, httpRecipient, status } from "../notify/http-recipient.ts";
import { type Recipient, recipientFor } from "../notify/recipients.ts";
import { faultline } from "./fake.ts";

const folder = mkdtempSync(join(tmpdir(), "faultline-notify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a config with these channels; returns its path. */
function configWith(channels: readonly object[]): string {
  const path = join(folder, "faultline.yaml");
  const receivers = [{ name: "a", channels: channels.map((each) => (each as { name: string }).name) }];
  writeFileSync(
    path,
    JSON.stringify({ services: [{ name: "x", base_latency: 5 }], notify: { channels, receivers } }),
  );
  return path;
}

const run = (argv: string[], env: Record<string, string> = {}) =>
  faultline(argv, { env, realClock: createRealClock() });

describe("notify test", () => {
  let server: HttpRecipient;
  beforeEach(async () => {
    server = await httpRecipient();
  });
  afterEach(() => server.close());
  const hook = (name: string, given: object = {}) => ({ name, kind: "webhook", url: server.url, ...given });

  it("sends a test over one channel and says how long it took", async () => {
    const config = configWith([hook("ops"), hook("other")]);
    const { exitCode, stdout } = await run(["notify", "test", "ops", "--config", config]);
    expect(stdout).toMatch(/^ops \(webhook\) {2}delivered in [\d.]+ ms\n$/);
    expect(exitCode).toBe(0);
    expect(server.received.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ reason: "test", channel: "ops", title: "[TEST] a test of this channel" }),
    ]);
    await run(["notify", "test", "ops", "--config", config]);
    const [first, second] = server.received.map(({ headers }) => headers["idempotency-key"]);
    expect(first).not.toBe(second);
  });

  it("tests all channels, and ends with 1 if one fails", async () => {
    const config = configWith([
      hook("good"),
      hook("bad", { url: `${server.url}/bad` }),
      { name: "bell", kind: "terminal" },
    ]);
    server.answer = (response, request, nth) =>
      status(request.path === "/bad" ? 403 : 200)(response, request, nth);
    const { exitCode, stdout } = await run(["notify", "test", "--all", "--config", config]);
    expect(stdout.split("\n").map((line) => line.replace(/[\d.]+ ms/, "TIME"))).toEqual([
      "good (webhook)   delivered in TIME",
      "bad (webhook)    FAILED after TIME: HTTP 403",
      "bell (terminal)  FAILED after TIME: there is no terminal to write to; the live screen has one",
      "1/3 channels",
      "",
    ]);
    expect(exitCode).toBe(1);
  });

  it.each([
    [["notify", "test", "opps"], 'there is no channel "opps"; did you mean "ops"?'],
    [["notify", "test"], "notify test needs the name of a channel, or --all"],
    [["notify", "test", "ops", "--all"], "notify test needs the name of a channel, or --all"],
    [["notify", "preview", "{}", "--channel", "opps"], 'there is no channel "opps"; did you mean "ops"?'],
    [["notify", "preview", "{"], "the alert is not valid JSON"],
    [["notify", "preview", '{"severity":"high"}'], "the alert is not valid: severity"],
    [["notify", "preview", "/no/such/file"], 'there is no alert in "/no/such/file"'],
  ])("%j is refused with a sentence", async (argv, sentence) => {
    const { exitCode, stdout, stderr } = await run([...argv, "--config", configWith([hook("ops")])]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`faultline: ${sentence}`);
    expect(stderr.split("\n")).toHaveLength(2);
  });

  it("needs a config with channels", async () => {
    const { exitCode, stderr } = await run(["notify", "test", "ops"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("default.yaml has no channels");
  });
});

describe("notify preview", () => {
  it("renders what every channel would send, from any of the usual shapes of an alert", async () => {
    const channels = [...catalog.channels.values()].map(({ example }) => example);
    const config = configWith(channels);
    const file = join(folder, "alert.json");
    const alert = {
      service: "cart",
      rule: "HIGH_CPU",
      severity: "page",
      message: "cart: cpu 96 %",
      started_at: "2026-03-01T12:00:00Z",
    };
    writeFileSync(file, JSON.stringify(alert));
    const labels = {
      labels: { alertname: "HIGH_CPU", entity: "cart", severity: "page" },
      annotations: { summary: "cart: cpu 96 %" },
    };
    for (const json of [file, JSON.stringify(alert), JSON.stringify([labels])]) {
      const { exitCode, stdout } = await run(["notify", "preview", json, "--config", config]);
      expect(exitCode).toBe(0);
      const headings = channels.map(({ name, kind }) => `${name} (${kind})`);
      expect(stdout.split("\n").filter((line) => headings.includes(line))).toEqual(headings);
      expect(stdout.split("cart: cpu 96 %").length).toBeGreaterThan(channels.length);
    }
    const one = await run([
      "notify",
      "preview",
      "{}",
      "--channel",
      String(channels[1]!.name),
      "--config",
      config,
    ]);
    expect(one.stdout.split("\n").filter((line) => /^\S.*\)$/.test(line))).toHaveLength(1);
  });

  it("uses the template of the channel", async () => {
    const template = { title: "{{ severity }} {{ labels.team }}", body: "{{ annotations.runbook }}!" };
    const config = configWith([{ name: "rec", kind: "file", path: "/tmp/x", template }]);
    const alert = {
      severity: "page",
      labels: { team: "shop" },
      annotations: { runbook: "https://wiki.example" },
    };
    const { stdout } = await run(["notify", "preview", JSON.stringify(alert), "--config", config]);
    expect(stdout).toContain("  title: page shop\n  body:\n  https://wiki.example!\n");
  });
});

describe("check", () => {
  it("says which secret is missing here, and still accepts the config", async () => {
    const config = configWith([{ name: "ops", kind: "slack", url: "${env:SLACK_URL}" }]);
    const without = await run(["check", config]);
    expect([without.exitCode, without.stdout]).toEqual([0, expect.stringContaining("1 channel\n")]);
    expect(without.stderr).toMatch(
      /:1:\d+: warning: notify\.channels\[0\]\.url: the environment variable SLACK_URL is not set\n$/,
    );
    expect((await run(["check", config], { SLACK_URL: "https://hooks.example/x" })).stderr).toBe("");
  });

  it("refuses what a secret resolves to if the channel cannot use it, without showing it", async () => {
    const config = configWith([{ name: "ops", kind: "slack", url: "${env:SLACK_URL}" }]);
    const { exitCode, stderr } = await run(["check", config], { SLACK_URL: "hunter2-hunter2" });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/:1:\d+: notify\.channels\[0\]\.url: must be an http or https URL/);
    expect(stderr).not.toContain("hunter2");
  });

  it("says which program and which folder are missing", async () => {
    const { exitCode, stderr } = await run([
      "check",
      configWith([
        { name: "page", kind: "command", command: ["no-such-program"] },
        { name: "rec", kind: "file", path: "/no/such/folder/x" },
      ]),
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/warning: notify\.channels\[0\]\.command\[0\]: names a program that is not there/);
    expect(stderr).toMatch(
      /warning: notify\.channels\[1\]\.path: cannot be written: its folder does not exist/,
    );
  });
});

describe("no secret is printed", () => {
  const recipients: { kind: string; recipient: Recipient }[] = [];
  beforeAll(async () => {
    for (const kind of catalog.channels.values()) {
      recipients.push({ kind: kind.kind, recipient: await recipientFor(kind) });
    }
  });
  afterAll(async () => {
    for (const { recipient } of recipients) await recipient.close();
  });

  it.each([
    ["check", (config: string) => ["check", config]],
    ["describe", () => ["describe"]],
    ["notify test", (config: string) => ["notify", "test", "--all", "--config", config]],
    ["notify preview", (config: string) => ["notify", "preview", "{}", "--config", config]],
    ["a config that is wrong elsewhere", (config: string) => ["notify", "test", "none", "--config", config]],
  ])(
    "by %s, whether the recipients work or echo it, as references or in plain text",
    async (_, argv) => {
      const env = Object.assign(
        { FAULTLINE_DEBUG: "1" },
        ...recipients.map(({ recipient }) => recipient.env),
      );
      const secrets = recipients.flatMap(({ recipient }) => recipient.secrets);
      expect(secrets.length).toBeGreaterThan(5);
      for (const isPlain of [false, true]) {
        for (const misbehave of [false, true]) {
          const channels = recipients.map(({ kind, recipient }) => {
            if (misbehave) recipient.refuses?.();
            else recipient.works();
            const given = { name: kind, kind, ...recipient.options };
            const text = JSON.stringify(given).replace(/\$\{env:(\w+)\}/g, (__, name) =>
              isPlain ? env[name] : `\${env:${name}}`,
            );
            return JSON.parse(text);
          });
          const { stdout, stderr } = await run(argv(configWith(channels)), env);
          expect(stdout + stderr).not.toBe("");
          for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
        }
      }
    },
    20_000,
  );
});
