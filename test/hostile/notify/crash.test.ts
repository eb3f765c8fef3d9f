import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { temporaryFolder } from "../../notify/folders.ts";
import { cases, report } from "../scale.ts";

const CHILD = new URL("crash-child.ts", import.meta.url).pathname;
const KILLS = cases(5, 200);
const random = createRandom(7, "kills");

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A receiver that notes what arrives, by key. */
async function startReceiver() {
  const arrived = new Map<string, Set<string>>();
  let requests = 0;
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      const { key, about } = JSON.parse(text);
      requests += 1;
      arrived.set(key, (arrived.get(key) ?? new Set()).add(about));
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, arrived, requests: () => requests };
}

/** A running child and the lines that it has printed completely. */
function startChild(mode: string, folder: string, run: number, url: string) {
  const child: ChildProcess = spawn(process.execPath, [CHILD, mode, folder, String(run), url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  closing.push(() => child.kill("SIGKILL"));
  let text = "";
  child.stdout!.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return {
    lines: () => text.split("\n").slice(0, -1),
    async kill() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "close");
    },
    exited: () => child.exitCode !== null,
  };
}

/** Waits for as long as something is going on. @param progress a number that changes then */
async function until(holds: () => boolean, progress: () => number = () => 0): Promise<void> {
  let last = progress();
  let end = Date.now() + 20_000;
  while (!holds() && Date.now() < end) {
    await pause(10);
    if (progress() === last) continue;
    last = progress();
    end = Date.now() + 20_000;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("kill -9", () => {
  it("loses nothing that the queue has taken, whenever it comes", { timeout: 1_800_000 }, async () => {
    const folder = temporaryFolder();
    const { url, arrived, requests } = await startReceiver();
    const taken = new Set<string>();
    for (let run = 0; run < KILLS; run += 1) {
      const child = startChild("queue", folder, run, url);
      // Some before it is ready, most in the middle of the burst, some after it.
      await until(() => child.lines().length > 0 || child.exited());
      await pause(random.next() * 60);
      await child.kill();
      for (const line of child.lines()) if (line !== "ready") taken.add(line);
    }
    const last = startChild("drain", folder, KILLS, url);
    await until(() => [...taken].every((key) => arrived.has(key)), requests);
    await last.kill();
    const lost = [...taken].filter((key) => !arrived.has(key));
    report(
      `notifications taken by the queue, over ${KILLS} kills (${requests() - arrived.size} sent twice)`,
      taken.size,
      lost.length,
    );
    expect(taken.size).toBeGreaterThan(0);
    expect(lost).toEqual([]);
    // A key stands for one text, however often it was sent.
    for (const [key, texts] of arrived) expect([...texts]).toEqual([`about ${key}`]);
  });

  it("pages once for an alert that fires through all of it", { timeout: 1_800_000 }, async () => {
    const folder = temporaryFolder();
    const { url, arrived } = await startReceiver();
    for (let run = 0; run < KILLS; run += 1) {
      const child = startChild("alerts", folder, run, url);
      await until(() => child.lines().includes("ready") || child.exited());
      await pause(random.next() * 40);
      await child.kill();
    }
    const last = startChild("alerts", folder, KILLS, url);
    const pages = () => Map.groupBy([...arrived.values()], (texts) => [...texts][0]!);
    await until(() => pages().size === 20);
    await pause(500);
    await last.kill();
    expect(pages().size).toBe(20);
    // One key for each of the two channels.
    for (const [, keys] of pages()) expect(keys).toHaveLength(2);
  });
});
