import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { catalog } from "../../src/catalog/index.ts";
import type { Clock } from "../../src/core/clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { faultline, type Run } from "./fake.ts";

let folder = "";
/** Accepts connections and never responds. */
let mute: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-status-"));
  mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  mute.close();
  await rm(folder, { recursive: true });
});

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

/** Runs `status` on a fast-forwarded clock; also returns how long it waited. */
async function statusOf(
  file: string,
): Promise<Run & { readonly waitedMs: number; readonly timersLeft: number }> {
  const clock = createVirtualClock();
  let begin: number | undefined;
  let timersLeft = 0;
  const after: Clock["after"] = (delayMs, fn) => {
    begin ??= clock.now();
    timersLeft += 1;
    let over = false;
    const end = () => {
      if (!over) timersLeft -= 1;
      over = true;
    };
    const cancel = clock.after(delayMs, () => {
      end();
      fn();
    });
    return () => {
      end();
      cancel();
    };
  };
  let run: Run | undefined;
  void faultline(["status", "--config", file], { realClock: { ...clock, after } }).then((ended) => {
    run = ended;
  });
  while (run === undefined) {
    // Reading the file is not part of the wait: time advances only once a timer is set.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (begin !== undefined) clock.runUntil(clock.now() + 100);
  }
  return { ...run, waitedMs: clock.now() - begin!, timersLeft };
}

describe("status of simulated services", () => {
  it("is reported without delay, as one line and an exit code", async () => {
    expect(await faultline(["status"])).toMatchObject({
      exitCode: 0,
      stdout: "HEALTHY: 5 healthy\n",
      stderr: "",
    });
    const { exitCode, stdout } = await faultline(["status", "--config", "config/walkthrough.yaml"]);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(
      /^CRITICAL: 3 healthy, 1 degraded, 1 critical \(notification-svc error rate [\d.]+ % over 10 %; payment-service error rate [\d.]+ % over 5 %\)\n$/,
    );
  });

  it.each([
    [1, "DEGRADED: 1 degraded (a error rate ", "error_rate: 0.075"],
    [2, "DOWN: 1 down (a availability ", "failed_checks: 0.5"],
  ])("exits %d for %s", async (code, beginning, option) => {
    const file = await written(
      `${code}.yaml`,
      `services: [{ name: a, base_latency: 10ms, rate: 200, ${option} }]`,
    );
    const { exitCode, stdout } = await faultline(["status", "--config", file]);
    expect(exitCode).toBe(code);
    expect(stdout.slice(0, beginning.length)).toBe(beginning);
  });
});

describe("status of a simulation that takes longer than an answer may", () => {
  it.each(["12h", "24h"])("says how much of an interval of %s was simulated", async (interval) => {
    const file = await written(
      "slow.yaml",
      `services: [{ name: rare, base_latency: 10ms, rate: 1, interval: ${interval} }]`,
    );
    // Every look at the clock costs 1 ms: as slow as a machine can be, and the test is fast.
    const clock = createVirtualClock();
    const now = () => {
      clock.runUntil(clock.now() + 1);
      return clock.now();
    };
    const begin = clock.now();
    const { exitCode, stdout } = await faultline(["status", "--config", file], {
      realClock: { ...clock, now },
    });
    expect(stdout).toMatch(
      /^UNKNOWN: 1 unknown \(rare [^)]*\); after 10 s: [\dhms ]+ of \d+d[\dh ]* simulated\n$/,
    );
    expect(exitCode).toBe(3);
    expect(clock.now() - begin).toBeLessThanOrEqual(10_000);
  });
});

describe("status of worlds", () => {
  it.each([...catalog.worlds.values()])(
    "$kind runs on virtual time, like simulated services",
    async ({ kind, example }) => {
      const file = await written(`${kind}.yaml`, stringify({ worlds: [example] }));
      const { stdout, stderr } = await faultline(["status", "--config", file]);
      expect(stdout).toMatch(/^[A-Z]+: \d+ \w+/);
      expect(stdout).not.toMatch(/unknown|no data/i);
      expect(stderr).toBe("");
    },
  );
});

describe("status of real entities", () => {
  it("waits in real time until each has been seen", async () => {
    const file = await written(
      "host.yaml",
      "services:\n  - { name: here, source: host }\n  - { name: sim, base_latency: 10ms }\n",
    );
    const { exitCode, stdout, waitedMs, timersLeft } = await statusOf(file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "HEALTHY: 2 healthy\n" });
    expect(waitedMs).toBeLessThan(10_000);
    // A timer left behind would keep the program from ending.
    expect(timersLeft).toBe(0);
  });

  it("answers within 10 s with what is known, and says what is not", async () => {
    const { port } = mute.address() as AddressInfo;
    const file = await written(
      "mute.yaml",
      `services: [{ name: mute, source: http, url: "http://127.0.0.1:${port}", timeout: 1m }]`,
    );
    const { exitCode, stdout, waitedMs, timersLeft } = await statusOf(file);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(
      /^CRITICAL: 1 critical \(mute probe outstanding for 9s, none answered yet\); after 10 s: 1 of 1 not answered yet\n$/,
    );
    expect(waitedMs).toBeGreaterThan(9_000);
    expect(waitedMs).toBeLessThanOrEqual(10_000);
    expect(timersLeft).toBe(0);
  });

  it("doubts only what is not answered, and what was never checked", async () => {
    const { port } = mute.address() as AddressInfo;
    const of = (name: string, timeout: string) =>
      `  - { name: ${name}, source: http, url: "http://127.0.0.1:${port}", timeout: ${timeout}, interval: 1h }\n`;
    const file = await written("doubts.yaml", `services:\n${of("slow", "1m")}${of("failed", "2s")}`);
    const { stdout } = await statusOf(file);
    expect(stdout).toMatch(
      /^DOWN: 1 critical, 1 down \(failed .*; slow .*none answered yet\); after 10 s: 1 of 2 not answered yet\n$/,
    );
  });

  it("is unknown within 10 s where checking the config takes longer", async () => {
    const fleet = Array.from({ length: 15_000 }, (_, nth) => `  - { name: s${nth}, base_latency: 1ms }\n`);
    const file = await written("large.yaml", `services:\n${fleet.join("")}`);
    const { exitCode, stdout, stderr, waitedMs, timersLeft } = await statusOf(file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toBe(`${file}:1:1: checking this config takes longer than 7s; make it smaller\n`);
    expect(waitedMs).toBeLessThan(9_000);
    expect(timersLeft).toBe(0);
  });

  it("is unknown, not critical, with an invalid config", async () => {
    expect(await faultline(["status", "--config", "none.yaml"])).toMatchObject({
      exitCode: 3,
      stdout: "",
      stderr: "none.yaml:1:1: no such file; check the path\n",
    });
  });
});
