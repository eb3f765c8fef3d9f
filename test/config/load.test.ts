import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfigWith, MAX_CONFIG_BYTES, type ReadFile } from "../../src/config/load.ts";
import { parseConfig } from "./harness.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The only problem of an invalid file. */
async function problemOf(path: string, readFile?: ReadFile): Promise<string> {
  const result = await loadConfigWith(parseConfig, path, readFile);
  if (result.ok) throw new Error("it was read");
  expect(result.problems).toHaveLength(1);
  const { line, column, message } = result.problems[0]!;
  return `${line}:${column}: ${message}`;
}

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** A file system that fails with this code, because permissions do not apply if root runs the tests. */
function failing(code: string): ReadFile {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

describe("reading a config file", () => {
  it("reads a valid one, with or without a byte order mark", async () => {
    const path = await written("right.yaml", "\ufeffservices: [{ name: a }]\n");
    expect(await loadConfigWith(parseConfig, path)).toMatchObject({ ok: true });
  });

  it.each([
    ["ENOENT", "1:1: no such file; check the path"],
    ["EACCES", "1:1: permission denied; check the permissions of this file"],
    ["ELOOP", "1:1: the symbolic links to this file form a loop"],
    ["EIO", "1:1: this file cannot be read (EIO)"],
  ])("explains %s", async (code, problem) => {
    expect(await problemOf("any.yaml", failing(code))).toBe(problem);
  });

  it("explains a missing file, a directory and a file used as one", async () => {
    const file = await written("plain.yaml", "services: []");
    expect(await problemOf(join(folder, "none.yaml"))).toBe("1:1: no such file; check the path");
    expect(await problemOf(folder)).toBe("1:1: this is a directory; use a YAML file");
    expect(await problemOf(join(file, "x.yaml"))).toBe(
      "1:1: no such file; a part of the path is not a directory",
    );
  });

  it("rejects text that is not UTF-8", async () => {
    const path = await written("latin1.yaml", new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    expect(await problemOf(path)).toBe("1:1: this file is not UTF-8 text; save it as UTF-8");
  });

  it("rejects more than 1 MiB, and accepts exactly that", async () => {
    const right = "services: [{ name: a }]\n#";
    const full = right.padEnd(MAX_CONFIG_BYTES, "x");
    const path = await written("big.yaml", `${full}x`);
    expect(await problemOf(path)).toBe("1:1: this file is over 1 MiB; a config must be smaller");
    expect(await loadConfigWith(parseConfig, await written("full.yaml", full))).toMatchObject({ ok: true });
  });

  it("opens nothing but a regular file, and never waits", async () => {
    const pipe = join(folder, "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    const socket = join(folder, "socket.yaml");
    const server = createServer().listen(socket);
    await once(server, "listening");
    for (const path of ["/dev/zero", "/dev/null", "/dev/tty", pipe, socket]) {
      expect(await problemOf(path), path).toBe("1:1: this is not a regular file; use a YAML file");
    }
    server.close();
    await symlink(pipe, join(folder, "link.yaml"));
    expect(await problemOf(join(folder, "link.yaml"))).toContain("not a regular file");
  });
});
