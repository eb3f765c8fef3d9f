import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FileEvents, nodeFiles, SETTLE_MS, watchConfig } from "../../src/config/watch.ts";
import type { Cancel } from "../../src/core/clock.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";

/** A file system controlled by the test. */
function quietFiles() {
  const listeners = new Map<string, () => void>();
  const state = { stamp: "first" as string | undefined, watched: listeners };
  const files: FileEvents = {
    watchDirectory(directory, listener) {
      listeners.set(directory, listener);
      return () => listeners.delete(directory);
    },
    resolve: (path) => Promise.resolve(path),
    stamp: () => Promise.resolve(state.stamp),
  };
  return { files, state, touch: () => listeners.get("/etc")?.() };
}

/** Lets callbacks of settled promises run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a change of a config", () => {
  function watching() {
    const clock = createVirtualClock();
    const quiet = quietFiles();
    let changes = 0;
    const cancel = watchConfig("/etc/faultline.yaml", clock, () => changes++, quiet.files);
    const pass = async (ms: number) => {
      clock.runUntil(clock.now() + ms);
      await settled();
    };
    return { ...quiet, cancel, pass, changes: () => changes };
  }

  it("is reported after the last of several steps of an editor", async () => {
    const { touch, state, pass, changes } = watching();
    await pass(0);
    state.stamp = "half";
    touch();
    await pass(SETTLE_MS - 1);
    state.stamp = "whole";
    touch();
    await pass(SETTLE_MS - 1);
    expect(changes()).toBe(0);
    await pass(1);
    expect(changes()).toBe(1);
  });

  it("ignores other files in the directory", async () => {
    const { touch, pass, changes } = watching();
    touch();
    await pass(SETTLE_MS);
    expect(changes()).toBe(0);
  });

  it("is not a deletion, because the file will return", async () => {
    const { touch, state, pass, changes } = watching();
    await pass(0);
    state.stamp = undefined;
    touch();
    await pass(SETTLE_MS);
    expect(changes()).toBe(0);
    state.stamp = "first";
    touch();
    await pass(SETTLE_MS);
    expect(changes()).toBe(0);
    state.stamp = "second";
    touch();
    await pass(SETTLE_MS);
    expect(changes()).toBe(1);
  });

  it("is not reported after cancellation, even if it was already seen", async () => {
    const { touch, state, cancel, pass, changes } = watching();
    await pass(0);
    state.stamp = "second";
    touch();
    cancel();
    await pass(SETTLE_MS);
    expect(changes()).toBe(0);
    expect(state.watched.size).toBe(0);
  });
});

describe("on a real file system", () => {
  let folder = "";
  let cancel: Cancel = () => {};
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "faultline-watch-"));
  });
  afterEach(async () => {
    cancel();
    await rm(folder, { recursive: true });
  });

  /** Watches and resolves at the next change; `edit` runs after the first stamp was read. */
  async function noticed(path: string, edit: () => Promise<unknown>): Promise<boolean> {
    const firstReads: Promise<unknown>[] = [];
    const reading = <T>(read: Promise<T>): Promise<T> => {
      firstReads.push(read);
      return read;
    };
    const files: FileEvents = {
      ...nodeFiles,
      stamp: (file) => reading(nodeFiles.stamp(file)),
      resolve: (file) => reading(nodeFiles.resolve(file)),
    };
    const changed = new Promise<boolean>((resolve) => {
      cancel = watchConfig(path, createRealClock(), () => resolve(true), files);
    });
    await Promise.all(firstReads);
    await settled();
    await edit();
    return changed;
  }

  it("notices a file that is written in place", async () => {
    const path = join(folder, "a.yaml");
    await writeFile(path, "one");
    expect(await noticed(path, () => writeFile(path, "other"))).toBe(true);
  });

  it("notices a file that is replaced by another", async () => {
    const path = join(folder, "a.yaml");
    await writeFile(path, "one");
    await writeFile(join(folder, "a.tmp"), "two");
    expect(await noticed(path, () => rename(join(folder, "a.tmp"), path))).toBe(true);
  });

  it("notices an edit behind a link into another directory", async () => {
    await mkdir(join(folder, "real"));
    const target = join(folder, "real", "a.yaml");
    await writeFile(target, "one");
    await symlink(target, join(folder, "link.yaml"));
    expect(await noticed(join(folder, "link.yaml"), () => writeFile(target, "other"))).toBe(true);
  });

  it("does nothing without a directory", () => {
    const end = watchConfig(join(folder, "none", "a.yaml"), createRealClock(), () => {});
    expect(end).not.toThrow();
  });
});
