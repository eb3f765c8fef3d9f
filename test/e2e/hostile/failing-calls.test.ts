import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { cases, report } from "../../hostile/scale.ts";
import { ROOT } from "../faultline.ts";
import { jobOf, pause, underShell } from "./under-shell.ts";

const PRELOAD = `${ROOT}test/e2e/hostile/failing-calls.mjs`;
const seeds = Array.from({ length: cases(3, 30) }, (_, nth) => nth + 1);
let lost = 0;
afterAll(() => report("runs with 2 % of the calls failing, or under 256 MB", 3 * seeds.length, lost));

const failing = (seed: number, afterMs: number) => ({
  node: ["--import", PRELOAD],
  env: { FAILING_SEED: String(seed), FAILING_AFTER_MS: String(afterMs) },
});

describe("with 2 % of the calls failing", () => {
  it.each(seeds)("the screen runs, or ends with one sentence; seed %d", async (seed) => {
    lost += 1;
    const run = underShell([], failing(seed, 500));
    let isOver = false;
    void run.program.exited.then(() => {
      isOver = true;
    });
    for (let turn = 0; turn < 12 && !isOver; turn++) {
      run.program.press("j<Esc>f<Esc>?<Esc>");
      run.program.resize(100 + turn, 30);
      await pause(150);
    }
    if (!isOver) run.signal("SIGTERM");
    const code = await run.restored();
    expect([0, 1]).toContain(code);
    if (code === 1) expect(run.program.text()).toMatch(/faultline: [a-z]/);
    lost -= 1;
  });

  it.each(seeds)("a report is complete, or the command fails; seed %d", async (seed) => {
    lost += 1;
    const run = underShell(["snapshot", "--ticks", "5"], {
      ...failing(seed, 0),
      redirects: "> /dev/null",
    });
    const code = await run.restored();
    expect([0, 1, 2]).toContain(code);
    if (code !== 0) expect(run.program.text()).toMatch(/faultline: |:1:1: /);
    lost -= 1;
  });
});

describe("under a memory limit of 256 MB", () => {
  it.each(seeds)("the screen stays below it in a storm of resizes; run %d", async (seed) => {
    lost += 1;
    const run = underShell([], { node: ["--max-old-space-size=128"] });
    await run.program.waitFor((one) => one.modes().alternateScreen);
    const pid = jobOf(run.program.pid)!;
    for (let turn = 0; turn < cases(30, 300); turn++) {
      run.program.resize(20 + ((turn * 37 * seed) % 230), 5 + ((turn * 17) % 75));
      await pause(15);
    }
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    expect(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024).toBeLessThan(256);
    run.program.press("q");
    expect(await run.restored()).toBe(0);
    lost -= 1;
  });
});
