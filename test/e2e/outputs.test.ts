import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAM } from "./faultline.ts";

const sh = (script: string, cwd?: string) =>
  spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...process.env, F: `${process.execPath} ${PROGRAM}` },
    ...(cwd === undefined ? {} : { cwd }),
  });

const FULL =
  "faultline: the output cannot be written: no space left on the device; free some, or write elsewhere\n";

describe("a full disk", () => {
  it.each([
    ["snapshot --ticks 3", 1],
    ["describe", 1],
    ["describe --json", 1],
    ["--help", 1],
    ["--version", 1],
    ["help watch", 1],
    ["check config/default.yaml", 1],
    ["watch --plain", 1],
    ["status", 3],
  ])("is an error of %s", (args, code) => {
    const { status, stderr } = sh(`$F ${args} > /dev/full`);
    expect({ status, stderr }).toEqual({ status: code, stderr: FULL });
  });

  it("of stderr changes nothing", () => {
    expect(sh("$F snapshot --zebra 2> /dev/full").status).toBe(2);
  });

  it("that takes a part of the output is an error too, and nothing is lost in silence", () => {
    // A limit of the file size in blocks of 1,024 bytes: the first write succeeds in part.
    const { status, stderr } = sh(`ulimit -f 2; trap '' XFSZ; $F snapshot --ticks 3 > "$(mktemp)"`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^faultline: the output cannot be written: the file would be too large; .*\n$/);
  });
});

describe("a reader", () => {
  it("that is slow gets every byte", () => {
    const all = sh("$F describe --json").stdout;
    expect(sh("$F describe --json | (sleep 1; cat)").stdout).toBe(all);
    expect(sh('T=$(mktemp); $F describe --json > "$T"; cat "$T"; rm "$T"').stdout).toBe(all);
  });

  it("that closes the pipe early is not an error", () => {
    const { status, stderr } = sh("set -o pipefail; $F snapshot --ticks 3000 | head -1");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("that is gone ends watch at once, also without a change", () => {
    const begin = performance.now();
    // The five services become healthy together; after that nothing changes.
    const { stdout, stderr, status } = sh("$F watch | head -1");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/UNKNOWN -> HEALTHY\n$/);
    expect(performance.now() - begin).toBeLessThan(15_000);
  });
});

describe("a deleted current directory", () => {
  function inDeleted(command: string) {
    const folder = mkdtempSync(join(tmpdir(), "faultline-gone-"));
    return sh(`cd ${folder} && rmdir ${folder} && ${command}`);
  }

  it("is one sentence for a relative path", () => {
    const { status, stderr } = inDeleted("$F snapshot --config fleet.yaml");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "faultline: the current directory was deleted; change to one that exists\n",
    });
  });

  it("does not matter otherwise", () => {
    expect(inDeleted("$F snapshot --ticks 2 > /dev/null")).toMatchObject({ status: 0, stderr: "" });
    expect(inDeleted("$F status")).toMatchObject({ status: 0, stderr: "", stdout: "HEALTHY: 5 healthy\n" });
  });
});
