import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startFaultline } from "./faultline.ts";
import type { RunningProgram } from "./pty.ts";

const ENDS = ["q", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"];

function end(program: RunningProgram, how: string): void {
  if (how === "q") program.press("q");
  else process.kill(program.pid, how);
}

/** Resolves when the process is gone: a terminal that is not read does not report its exit. */
async function gone(pid: number): Promise<number> {
  const begin = performance.now();
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return performance.now() - begin;
    }
    if (performance.now() - begin > 8_000) return Number.POSITIVE_INFINITY;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Fills what the terminal buffers: full redraws that nobody reads. */
async function fill(program: RunningProgram): Promise<void> {
  program.stall();
  for (let turn = 0; turn < 40; turn++) {
    program.resize(200 + (turn % 2), 100);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

describe("a terminal that takes no output", () => {
  it.each(ENDS)("does not hold up the end: %s", async (how) => {
    const program = startFaultline([], { columns: 200, rows: 100 });
    await program.waitFor(/api-gateway +● HEALTHY/);
    await fill(program);
    end(program, how);
    // A second, and what a busy machine adds.
    expect(await gone(program.pid)).toBeLessThan(2_000);
    program.unstall();
    expect(await program.exited).toEqual({ code: 0, signal: 0 });
  });

  it.each(ENDS)("nor does one that was stopped with XOFF: %s", async (how) => {
    const program = startFaultline();
    await program.waitFor(/api-gateway +● HEALTHY/);
    execFileSync("stty", ["-F", readlinkSync(`/proc/${program.pid}/fd/1`), "ixon"]);
    program.press("\x13");
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    // With ixon a key would resume the output.
    execFileSync("stty", ["-F", readlinkSync(`/proc/${program.pid}/fd/1`), "-ixon"]);
    end(program, how);
    expect(await gone(program.pid)).toBeLessThan(2_000);
    expect(await program.exited).toEqual({ code: 0, signal: 0 });
  });
});
