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

  it("ends quietly when its reader leaves", async () => {
    const child = start(["watch", "--config", writeConfig(QUICK)]);
    let complaints = "";
    child.stderr.on("data", (text) => {
      complaints += text;
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    // The pipe is found broken at the next line; a fault cannot be injected here, so a signal ends the wait.
    child.kill("SIGHUP");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(complaints).toBe("");
  });
});

describe("a report into a pipe that nobody reads to the end", () => {
  it("is no failure", async () => {
    const child = start(["snapshot", "--ticks", "3000"]);
    child.stdout.destroy();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });
});
