import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { BUDGET, parseOffThread } from "../../src/config/off-thread.ts";
import type { ConfigResult } from "../../src/config/types.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-thread-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A thread with this code. */
async function thread(code: string): Promise<URL> {
  const file = join(folder, `${Math.abs(hash(code))}.mjs`);
  await writeFile(file, code);
  return pathToFileURL(file);
}

const hash = (text: string) => [...text].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) | 0, 7);
const messages = (result: ConfigResult) => (result.ok ? [] : result.problems.map(({ message }) => message));
const fleet = (count: number) =>
  `services:\n${Array.from({ length: count }, (_, i) => `- { name: s${i}, base_latency: 1ms }\n`).join("")}`;

describe("a config that is checked on a thread", () => {
  const clock = createVirtualClock();

  it.each([
    ["is valid", fleet(3)],
    ["has problems", "services: [{ name: a, base_latency: 1y }]"],
    ["is out of bounds", `services: ${"[".repeat(1000)}`],
  ])("that %s gives the same result as in the process", async (_, text) => {
    expect(await parseOffThread(text, clock)).toEqual(parseConfig(text));
  });

  it("is refused at its deadline, even if the thread never yields", async () => {
    const endless = await thread("for (;;);");
    const ownClock = createVirtualClock();
    const result = parseOffThread("", ownClock, { ...BUDGET, deadlineMs: 5000 }, endless);
    ownClock.runUntil(ownClock.now() + 4999);
    await new Promise((resolve) => setImmediate(resolve));
    ownClock.runUntil(ownClock.now() + 1);
    expect(messages(await result)).toEqual(["checking this config takes longer than 5s; make it smaller"]);
  });

  it("is refused when it takes too much memory, and the process goes on", async () => {
    const greedy = await thread("const all = []; for (;;) all.push(new Array(1e5).fill({}));");
    const result = await parseOffThread("", createRealClock(), { deadlineMs: 120_000, memoryMb: 32 }, greedy);
    expect(messages(result)).toEqual([
      "checking this config takes more than 32 MB of memory; make it smaller",
    ]);
  });

  it.each([
    ["throws", "throw new Error('broken\\nstack')", "this config cannot be checked: broken"],
    ["exits", "process.exit(3)", "checking this config ended without a result; make it smaller"],
  ])("is refused when the thread %s", async (_, code, message) => {
    expect(messages(await parseOffThread("", clock, BUDGET, await thread(code)))).toEqual([message]);
  });

  it("leaves the thread of the screen free", async () => {
    const real = createRealClock();
    const path = join(folder, "large.yaml");
    await writeFile(path, fleet(2_000));
    let turns = 0;
    const cancel = real.every(5, () => turns++);
    const result = await loadConfig(path, { clock: real, drawing: true });
    cancel();
    expect(result).toMatchObject({ ok: true });
    // In the process there would be none: the check is one turn of the event loop.
    expect(turns).toBeGreaterThan(5);
  });
});
