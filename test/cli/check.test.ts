import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultline } from "./fake.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-check-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("check", () => {
  it("reports a valid config in one line, with counts", async () => {
    expect(await faultline(["check", "config/default.yaml"])).toMatchObject({
      exitCode: 0,
      stdout: "config/default.yaml: ok, 5 services, 7 rules\n",
      stderr: "",
    });
  });

  it("counts each kind of entity", async () => {
    const file = join(folder, "kinds.yaml");
    const text =
      "services:\n  - { name: a, base_latency: 10ms }\n  - { name: h, source: host }\n  - { name: b, base_latency: 1ms }\n";
    await writeFile(file, `${text}rules: []\n`);
    expect((await faultline(["check", file])).stdout).toBe(`${file}: ok, 2 services, 1 host, 0 rules\n`);
  });

  it("uses the singular for one", async () => {
    const file = join(folder, "one.yaml");
    await writeFile(file, "services: [{ name: a, base_latency: 10ms }]\nrules: [{ kind: SERVICE_DOWN }]\n");
    expect((await faultline(["check", file])).stdout).toBe(`${file}: ok, 1 service, 1 rule\n`);
  });

  it("warns of a timeout that is not shorter than the interval, and accepts it", async () => {
    const file = join(folder, "slow.yaml");
    const entry = (name: string, rest: string) =>
      `  - { name: ${name}, source: http, url: "http://x.test/", ${rest} }\n`;
    const text = `services:\n${entry("a", "timeout: 2s, interval: 3s")}${entry("b", "interval: 4s, timeout: 10s")}${entry("c", "interval: 1s")}`;
    await writeFile(file, `${text}rules: []\n`);
    const { exitCode, stdout, stderr } = await faultline(["check", file]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${file}: ok, 3 services, 0 rules\n` });
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(
      `${file}:3:${text.split("\n")[2]!.indexOf("10s") + 1}: warning: services[1].timeout should be shorter than the interval of 4s: probes due while one ` +
        "is outstanding are skipped, and a service that does not answer is reported missing only after 14s",
    );
    // The timeout is the default one: the entry is the place.
    expect(lines[1]).toMatch(
      /:4:5: warning: services\[2\]\.timeout should be shorter than the interval of 1s: /,
    );
  });

  it("warns of a capacity that the workers do not reach, of services in a world too", async () => {
    const file = join(folder, "workers.yaml");
    const service = (rest: string) =>
      `- { name: a, base_latency: 100ms, deviation: 0, capacity: 200, ${rest} }`;
    const world = `worlds:\n- world: services\n  name: shop\n  options:\n    services:\n`;
    const problem =
      "of 200 requests per second is not reached: 5 workers serve at most 50 per second at a mean service time of 100 ms; set only one of the two\n";
    const checked = async (text: string) => {
      await writeFile(file, text);
      const { exitCode, stderr } = await faultline(["check", file]);
      expect(exitCode).toBe(0);
      return stderr;
    };
    expect(await checked(`services:\n${service("workers: 5")}\n`)).toBe(
      `${file}:2:59: warning: services[0].capacity ${problem}`,
    );
    expect(await checked(`${world}    ${service("workers: 5")}\n`)).toBe(
      `${file}:6:63: warning: worlds[0].options.services[0].capacity ${problem}`,
    );
    expect(await checked(`services:\n${service("workers: 20")}\n`)).toBe("");
  });

  it("reports all problems with their positions", async () => {
    const file = join(folder, "wrong.yaml");
    await writeFile(file, "tick: 1ms\nservices:\n  - name: a\n    base_latncy: 10ms\n");
    const { exitCode, stdout, stderr } = await faultline(["check", file]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.split("\n")).toEqual([
      `${file}:1:7: tick must be a duration of at least 100ms, such as 250ms, 1.5s or 2m`,
      `${file}:3:5: services[0].base_latency is missing; it must be a duration of at least 1ms, such as 250ms, 1.5s or 2m`,
      `${file}:4:5: services[0].base_latncy is an unknown key; did you mean "base_latency"?`,
      "",
    ]);
  });

  it.each([
    ["memory: text", "services[0].memory must be a percentage from 0 to 80"],
    ["memory: 81", "services[0].memory must be a percentage from 0 to 80"],
    ["cpu: text", "services[0].cpu must be a percentage from 0 to 100"],
    ["calls: [{ service: '' }]", "services[0].calls[0].service must be at least 1 character"],
    ["instances: 0", "services[0].instances must be a whole number from 1 to 100"],
  ])("explains %s with the limits of the option", async (option, sentence) => {
    const file = join(folder, "option.yaml");
    await writeFile(file, `services:\n  - { name: a, base_latency: 10ms, ${option} }\n`);
    const { stderr } = await faultline(["check", file]);
    expect(stderr.replace(/^.*:\d+:\d+: /, "").trim()).toBe(sentence);
  });

  it("asks for a file name instead of an empty one", async () => {
    expect(await faultline(["check", ""])).toMatchObject({
      exitCode: 2,
      stderr: "faultline: check needs the name of a file, such as check faultline.yaml\n",
    });
  });

  it("lists the first hundred problems, and says how many more there are", async () => {
    const file = join(folder, "many.yaml");
    await writeFile(file, `services: [{ name: a, base_latency: 1ms }]\n${"x: 1\n".repeat(140)}`);
    const lines = (await faultline(["check", file])).stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(101);
    // 139 duplicates and an unknown key.
    expect(lines.at(-1)).toBe(`${file}:103:1: and 40 more problems; fix these first`);
  });

  it.each([
    ["none.yaml", "no such file; check the path"],
    ["config", "this is a directory; use a YAML file"],
  ])("reports the problem of the file %s", async (file, sentence) => {
    expect(await faultline(["check", file])).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `${file}:1:1: ${sentence}\n`,
    });
  });
});
