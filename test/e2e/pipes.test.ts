import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { PROGRAM, QUICK, writeConfig } from "./faultline.ts";

const start = (args: readonly string[]) =>
  spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });

describe("watch without a terminal", () => {
  it("prints one plain line for each change, no escape codes, and ends with 0 when asked to", async () => {
    const child = start(["--config", writeConfig(QUICK)]);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === 2) break;
    }
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (api-gateway|payment-service) UNKNOWN -> HEALTHY$/,
      );
    }
  });

  it("ends without an error when its reader closes the pipe", async () => {
    const shaky = `
tick: 100ms
window: 1s
services:
  - { name: shaky, base_latency: 5ms, rate: 100, interval: 50ms, failures: { every: 1s, lasts: 2s, error_rate: 1 } }
`;
    const child = start(["watch", "--config", writeConfig(shaky)]);
    let complaints = "";
    child.stderr.on("data", (text) => {
      complaints += text;
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    // The service changes again and again, so the next line is written to the closed pipe.
    const [code, signal] = await once(child, "exit");
    expect([code, signal, complaints]).toEqual([0, null, ""]);
  });
});

describe("a report into a pipe that is closed early", () => {
  it("is not an error", async () => {
    const child = start(["snapshot", "--ticks", "3000"]);
    child.stdout.destroy();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });
});
