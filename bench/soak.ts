/**
 * Runs the built program for a long time in a real pseudo-terminal on a hostile day: random keys, faults,
 * resizes and config edits. Prints a line a minute and a verdict; exit code 1 if the verdict is bad.
 *
 *     npm run soak -- 8h
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../src/core/random.ts";
import { type RunningProgram, startInTerminal } from "../test/e2e/pty.ts";
import { configText, mishap } from "./soak/day.ts";
import { judge, type Sample } from "./soak/verdict.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const EDIT_MS = 15_000;
const MINUTE_MS = 60_000;
/** An edit that removes services also removes their history, from paused screens too: none comes shortly before one. */
const APPLIED_MS = 5_000;

const [, amount, unit] = /^(\d+)([smh])$/.exec(process.argv[2] ?? "10m") ?? [];
if (amount === undefined) {
  console.error("soak: the argument is a duration such as 30m or 8h");
  process.exit(2);
}
const durationMs = Number(amount) * UNITS[unit!]!;

const folder = mkdtempSync(join(tmpdir(), "faultline-soak-"));
const config = join(folder, "fleet.yaml");
const memory = join(folder, "memory.json");
const random = createRandom(1, "soak").next;
writeFileSync(
  config,
  configText(() => 0.9),
);

/** Runs in the program: only it knows its heap. */
const reporter = `import { writeFileSync } from "node:fs";
setInterval(() => writeFileSync(${JSON.stringify(memory)}, JSON.stringify(process.memoryUsage())), 2_000).unref();`;

const program = startInTerminal({
  command: process.execPath,
  args: ["--max-semi-space-size=2", `${ROOT}dist/faultline.js`, "--config", config],
  cwd: ROOT,
  env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(reporter)}` },
});
let isOver = false;
void program.exited.then(() => {
  isOver = true;
});

const status = (name: string) =>
  Number(
    new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${program.pid}/status`, "utf8"))![1],
  );

async function calm(): Promise<void> {
  program.press("<Esc>");
  await sleep(300);
  program.press("<Esc><Esc><End>1");
  program.resize(120, 40);
  await program.waitFor(
    (one) => / FAULTLINE /.test(one.screen()[0]!) && / q quit/.test(one.screen()[39]!),
    20_000,
  );
}

/** Rows of a paused screen that a full redraw changes. Times go on: digits do not count. */
async function wrongRows(one: RunningProgram): Promise<number> {
  const rows = () => one.screen().map((row) => row.replaceAll(/\d+/g, "#").replaceAll(/ +/g, " "));
  one.press(" ");
  await one.waitFor(/P A U S E D/, 20_000);
  await sleep(500);
  const before = rows();
  one.resize(119, 40);
  await sleep(500);
  one.resize(120, 40);
  await sleep(1_000);
  const after = rows();
  one.press("<End>");
  // The first and the last row follow the present: how far the screen is behind, and whether it can go forward.
  const last = before.length - 1;
  const wrong = before.flatMap((row, nth) =>
    nth === 0 || nth === last || row === after[nth] ? [] : [[row, after[nth]]],
  );
  for (const [drawn, redrawn] of wrong) console.log(`     wrong row: ${drawn}\n     redrawn:   ${redrawn}`);
  return wrong.length;
}

const startedAt = performance.now();
const samples: Sample[] = [];
let skippedBefore = 0;
let editedAt = startedAt;

async function measure(): Promise<void> {
  await calm();
  const at = performance.now();
  // The first row counts the ticks that were skipped since the start.
  const skipped = Number(
    / ([\d,]+) ticks? skipped/.exec(program.screen()[0]!)?.[1]?.replaceAll(",", "") ?? 0,
  );
  const lateTicks = Math.max(0, skipped - skippedBefore);
  skippedBefore = skipped;
  const sample: Sample = {
    minute: Math.round((at - startedAt) / MINUTE_MS),
    rss: status("VmRSS") / 1024,
    heap: JSON.parse(readFileSync(memory, "utf8")).heapUsed / 2 ** 20,
    descriptors: readdirSync(`/proc/${program.pid}/fd`).length,
    lateTicks,
    wrongRows: await wrongRows(program),
  };
  samples.push(sample);
  const { minute, rss, heap, descriptors, wrongRows: wrong } = sample;
  console.log(
    `${String(minute).padStart(4)} min | rss ${rss.toFixed(0)} MB | heap ${heap.toFixed(0)} MB | ${descriptors} fds | ${lateTicks} late ticks | ${wrong} wrong rows`,
  );
}

try {
  await program.waitFor(/HEALTHY/, 20_000);
  let measuredAt = startedAt;
  while (!isOver && performance.now() - startedAt < durationMs) {
    mishap(random)(program, random);
    const leftMs = measuredAt + MINUTE_MS - performance.now();
    if (performance.now() - editedAt > EDIT_MS && leftMs > APPLIED_MS) {
      editedAt = performance.now();
      writeFileSync(config, configText(random));
    }
    await sleep(100 + 400 * random());
    if (performance.now() - measuredAt > MINUTE_MS) {
      measuredAt += MINUTE_MS;
      await measure();
    }
  }
  const { problems, slope } = judge(samples);
  const all = isOver ? ["the program ended by itself", ...problems] : problems;
  console.log(`resident memory: ${slope.toFixed(1)} MB per hour after the warm-up`);
  console.log(all.length === 0 ? "verdict: good" : `verdict: bad: ${all.join("; ")}`);
  process.exitCode = all.length === 0 ? 0 : 1;
} catch (error) {
  console.log(`verdict: bad: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  program.kill();
  await program.exited;
  rmSync(folder, { recursive: true });
}
process.exit();
