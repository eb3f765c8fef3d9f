import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FileEvents, nodeFiles } from "../../src/config/file-events.ts";
import { LONGEST_WAIT_MS, POLL_MS, SETTLE_MS, watchConfig } from "../../src/config/watch.ts";
import type { Cancel } from "../../src/core/clock.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";

/** A file system controlled by the test. */
function quietFiles() {
  const listeners = new Map<string, (name: string | null) => void>();
  const state = { stamp: "first" as string | undefined, watched: listeners };
  const files: FileEvents = {
    watchDirectory(directory, listener) {
      listeners.set(directory, listener);
      return () => listeners.delete(directory);
    },
    steps: () => Promise.resolve([{ directory: "/etc", identity: "1", name: "faultline.yaml" }]),
    stamp: () => Promise.resolve(state.stamp),
  };
  return { files, state, touch: (name: string | null = "faultline.yaml") => listeners.get("/etc")?.(name) };
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
    const { touch, state, pass, changes } = watching();
    await pass(0);
    // Its event is still to come.
    state.stamp = "second";
    for (let written = 0; written < 10; written += 1) {
      touch("other.log");
      await pass(SETTLE_MS);
    }
    expect(changes()).toBe(0);
  });

  it.each([
    ["another file is written all the time", "other.log"],
    ["nobody knows which file is written all the time", null],
    ["it is itself written all the time", "faultline.yaml"],
  ])("is reported in time although %s", async (_, busy) => {
    const { touch, state, pass, changes } = watching();
    await pass(0);
    state.stamp = "second";
    touch();
    for (let waited = 0; waited < LONGEST_WAIT_MS; waited += 50) {
      expect(changes()).toBe(busy === "other.log" && waited >= SETTLE_MS ? 1 : 0);
      touch(busy);
      await pass(50);
    }
    expect(changes()).toBe(1);
  });

  it("is found without any event", async () => {
    const { state, pass, changes } = watching();
    await pass(0);
    state.stamp = "second";
    await pass(POLL_MS);
    expect(changes()).toBe(0);
    await pass(SETTLE_MS);
    expect(changes()).toBe(1);
    await pass(5 * POLL_MS);
    expect(changes()).toBe(1);
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
      steps: (file) => reading(nodeFiles.steps(file)),
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

  it("notices a directory that is replaced by another", async () => {
    const path = join(folder, "config", "a.yaml");
    await mkdir(join(folder, "config"));
    await writeFile(path, "one");
    await mkdir(join(folder, "next"));
    await writeFile(join(folder, "next", "a.yaml"), "two");
    const replace = async () => {
      await rename(join(folder, "config"), join(folder, "old"));
      await rename(join(folder, "next"), join(folder, "config"));
    };
    expect(await noticed(path, replace)).toBe(true);
  });

  it("follows the link of a link to another directory, again and again", async () => {
    // As Kubernetes mounts a config: a.yaml -> ..data/a.yaml, ..data -> a directory with a new name each time.
    const path = join(folder, "a.yaml");
    const publish = async (version: string) => {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, "a.yaml"), version);
      await symlink(version, join(folder, "..tmp"));
      await rename(join(folder, "..tmp"), join(folder, "..data"));
    };
    await publish("..1");
    await symlink("..data/a.yaml", path);
    let notice = () => {};
    cancel = watchConfig(path, createRealClock(), () => notice());
    for (const version of ["..2", "..3", "..4"]) {
      const changed = new Promise<void>((resolve) => {
        notice = resolve;
      });
      await publish(version);
      await changed;
    }
    expect((await nodeFiles.steps(path)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["a.yaml", "..data", "..4"]),
    );
  });

  it("gives up on links that lead in a circle", async () => {
    await symlink("b.yaml", join(folder, "a.yaml"));
    await symlink("a.yaml", join(folder, "b.yaml"));
    expect((await nodeFiles.steps(join(folder, "a.yaml"))).length).toBeLessThan(100);
    expect(await nodeFiles.stamp(join(folder, "a.yaml"))).toBeUndefined();
  });

  it("does nothing without a directory", () => {
    const end = watchConfig(join(folder, "none", "a.yaml"), createRealClock(), () => {});
    expect(end).not.toThrow();
  });
});
