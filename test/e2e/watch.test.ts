import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { QUICK, startFaultline, writeConfig } from "./faultline.ts";
import type { RunningProgram } from "./pty.ts";

const RESTORED = { alternateScreen: false, cursorVisible: true, bracketedPaste: false, autowrap: true };

const SIZES = [
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
] as const;

describe("the live screen", () => {
  it.each(SIZES)(
    "at $columns x $rows supports the whole loop: inject, detect, clear, recover",
    async (size) => {
      const program = startFaultline(["--config", writeConfig(QUICK)], size);
      await program.waitFor(/payment-service +● HEALTHY/);
      program.press("jfl");
      await program.waitFor(/payment-service +▲ DEGRADED/);
      await program.waitFor(/api-gateway +▲ DEGRADED/);
      await program.waitFor(/HIGH_LATENCY/);
      program.press("x");
      await program.waitFor(/cleared latency \+800 ms on payment-service/);
      await program.waitFor(/payment-service +● HEALTHY/);
      program.press("4");
      await program.waitFor(/detected in \d+(s|ms) by HIGH_LATENCY/);
      await program.waitFor(/recovered in \ds/);
    },
  );

  it("restores the terminal on q", async () => {
    const program = startFaultline();
    await program.waitFor(/api-gateway +● HEALTHY/);
    expect(program.modes()).toEqual({
      alternateScreen: true,
      cursorVisible: false,
      bracketedPaste: true,
      autowrap: false,
    });
    program.press("q");
    expect(await program.exited).toMatchObject({ code: 0, signal: 0 });
    expect(program.modes()).toEqual(RESTORED);
    expect(program.text().trim()).toBe("");
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"])("restores the terminal on %s", async (signal) => {
    const program = startFaultline();
    await program.waitFor(/api-gateway/);
    program.kill(signal);
    expect(await program.exited).toMatchObject({ code: 0, signal: 0 });
    expect(program.modes()).toEqual(RESTORED);
  });

  it("restores the terminal after a crash, with a one-sentence message without a stack trace", async () => {
    const bomb = `data:text/javascript,${encodeURIComponent("setTimeout(() => { throw new Error('boom') }, 1500)")}`;
    const program = startFaultline([], { env: { NODE_OPTIONS: `--import ${bomb}` } });
    await program.waitFor(/api-gateway +● HEALTHY/);
    expect((await program.exited).code).toBe(1);
    expect(program.modes()).toEqual(RESTORED);
    expect(program.text().trim()).toMatch(
      /^faultline: unexpected failure: boom; run again with FAULTLINE_DEBUG=1/,
    );
    expect(program.text()).not.toMatch(/\bat .*:\d+:\d+/);
  });

  it("quits with Ctrl-C even during text input", async () => {
    const program = startFaultline();
    await program.waitFor(/api-gateway/);
    program.press("/api");
    await program.waitFor(/\/api_/);
    program.press("<C-c>");
    expect((await program.exited).code).toBe(0);
  });

  it("follows the size of the terminal down to plain text and back", async () => {
    const program = startFaultline([], { columns: 120, rows: 40 });
    const settled = (pattern: RegExp, rows: number) =>
      program.waitFor((one: RunningProgram) => pattern.test(one.text()) && one.screen().length === rows);
    await settled(/events, newest first/, 40);
    program.resize(80, 24);
    await settled(/no alerts: no rule is firing\n.*\n?.*f fault/s, 24);
    program.resize(40, 10);
    await settled(/● api-gateway +\d+ ms/, 10);
    program.resize(20, 3);
    await settled(/Enlarge to/, 3);
    program.resize(100, 30);
    await settled(/events, newest first/, 30);
  });

  it("shows a complete screen after many resizes, including the smallest and the largest size", async () => {
    const program = startFaultline([], { columns: 120, rows: 40 });
    await program.waitFor(/events, newest first/);
    for (const [columns, rows] of [
      [1, 1],
      [500, 200],
      [3, 90],
      [200, 2],
      [79, 23],
      [1, 1],
      [80, 24],
    ] as const) {
      program.resize(columns, rows);
    }
    // Until the program redraws, the terminal shows reflowed old lines.
    await program.waitFor((one) => {
      const rows = one.screen();
      const isHeader = /^ . \w+ +\d \w+.*\d\d:\d\d:\d\d$/.test(rows[0]!);
      return isHeader && /^╭─ services.*╮$/.test(rows[1]!) && / q quit /.test(rows[23]!);
    });
  });

  it("ignores pasted text", async () => {
    const program = startFaultline();
    await program.waitFor(/api-gateway +● HEALTHY/);
    program.paste("qflX\nq");
    await program.waitFor(/pasted text is ignored/);
    expect(program.text()).toContain("faults: 0 active");
  });

  it("has no colour codes with NO_COLOR, and is ASCII without UTF-8", async () => {
    const program = startFaultline([], { env: { NO_COLOR: "1", LANG: "C" } });
    await program.waitFor(/api-gateway +o HEALTHY/);
    expect(program.text().replace(/[\x20-\x7e\n]/g, "")).toBe("");
    const { active } = program.terminal.buffer;
    for (let row = 0; row < 40; row++) {
      for (let column = 0; column < 120; column++) {
        const cell = active.getLine(row)!.getCell(column)!;
        expect([cell.isFgDefault(), cell.isBgDefault()]).toEqual([true, true]);
      }
    }
  });
});

describe("a config that is edited during watch", () => {
  it("is applied without losing history; an invalid one is reported on screen and the previous one stays active", async () => {
    const path = writeConfig(QUICK);
    const program = startFaultline(["--config", path]);
    await program.waitFor(/payment-service +● HEALTHY/);
    writeFileSync(path, `${QUICK}  - { name: newcomer, base_latency: 5ms }\n`);
    await program.waitFor(/newcomer +● HEALTHY/);
    writeFileSync(path, "services: [{ name: broken, base_latncy: 5ms }]\n");
    await program.waitFor(/config rejected: .*base_latency/);
    expect(program.text()).toMatch(/newcomer +● HEALTHY/);
    writeFileSync(path, QUICK);
    await program.waitFor((one) => !/✖ config rejected|newcomer +●/.test(one.text()));
    expect(program.text()).toMatch(/payment-service +● HEALTHY/);
  });
});
