import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeLock } from "../../../src/notify/delivery/lock.ts";
import { temporaryFolder } from "../folders.ts";

/** The id of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ["-e", "0"]).pid;

describe("takeLock", () => {
  it("has one owner at a time", async () => {
    const path = join(temporaryFolder(), "lock");
    const first = await takeLock(path, process.pid);
    expect(await takeLock(path, process.pid)).toMatchObject({ pid: process.pid });
    if (!("release" in first)) throw new Error("not taken");
    await first.release();
    expect(existsSync(path)).toBe(false);
    expect(await takeLock(path, process.pid)).toHaveProperty("release");
  });

  it.each([
    ["of a process that has ended", () => ({ pid: deadPid(), host: hostname(), startedAt: "1" })],
    [
      "of an earlier process with the same number",
      () => ({ pid: process.ppid, host: hostname(), startedAt: "1" }),
    ],
    ["that cannot be read", () => "{"],
  ])("takes over the lock %s", async (_, holder) => {
    const path = join(temporaryFolder(), "lock");
    writeFileSync(path, JSON.stringify(holder()).slice(0, 1_000));
    expect(await takeLock(path, process.pid)).toHaveProperty("release");
  });

  it("leaves the lock of another machine alone", async () => {
    const path = join(temporaryFolder(), "lock");
    writeFileSync(path, JSON.stringify({ pid: deadPid(), host: "elsewhere", startedAt: "1" }));
    expect(await takeLock(path, process.pid)).toMatchObject({ host: "elsewhere" });
  });

  it("lets only one of many take over a stale lock", async () => {
    for (let round = 0; round < 20; round += 1) {
      const path = join(temporaryFolder(), "lock");
      writeFileSync(path, JSON.stringify({ pid: deadPid(), host: hostname(), startedAt: "1" }));
      const taken = await Promise.all(Array.from({ length: 8 }, () => takeLock(path, process.pid)));
      expect(taken.filter((each) => "release" in each)).toHaveLength(1);
    }
  });
});
