import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ExportRequest } from "../../src/ui/exports.ts";
import { createExporter } from "../../src/watch/export.ts";
import { localOperator } from "../../src/watch/local-operator.ts";

const folder = mkdtempSync(join(tmpdir(), "faultline-export-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = createExporter(() => folder, folder);

const request = (file: string, text: string, replace = false): ExportRequest => ({
  file,
  replace,
  what: "2 alerts",
  content: { type: "text", text },
});

describe("an export", () => {
  it("is written to the named file, relative to the current directory or to ~", async () => {
    expect(await write(request("a.csv", "one"))).toEqual({
      done: true,
      text: `wrote 2 alerts to ${join(folder, "a.csv")}`,
    });
    expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("one");
    await write(request("~/home.csv", "two"));
    expect(readFileSync(join(folder, "home.csv"), "utf8")).toBe("two");
    await write(request(join(folder, "absolute.csv"), "three"));
    expect(readFileSync(join(folder, "absolute.csv"), "utf8")).toBe("three");
  });

  it("never replaces a file unless told to", async () => {
    writeFileSync(join(folder, "old.csv"), "precious");
    const refused = await write(request("old.csv", "new"));
    expect(refused).toEqual({
      done: false,
      text: "old.csv exists already; write ! after its name to replace it",
    });
    expect(readFileSync(join(folder, "old.csv"), "utf8")).toBe("precious");
    expect((await write(request("old.csv", "new", true))).done).toBe(true);
    expect(readFileSync(join(folder, "old.csv"), "utf8")).toBe("new");
  });

  it.each([
    ["no/such/folder.csv", "its folder does not exist"],
    [".", "exists already"],
    ["old.csv/below.csv", "a part of its path is no folder"],
  ])("says in a sentence why %s cannot be written", async (file, why) => {
    const { done, text } = await write(request(file, "x"));
    expect(done).toBe(false);
    expect(text).toContain(why);
  });

  it("says so when the current directory is gone", async () => {
    const lost = createExporter(() => {
      throw new Error("ENOENT: no such file or directory, uv_cwd");
    }, undefined);
    expect((await lost(request("a.csv", "x"))).done).toBe(false);
  });
});

describe("the local operator", () => {
  it("has the name of the user, without anything that could disturb a screen", () => {
    expect(localOperator("alice")).toEqual({ name: "alice", role: "operator" });
    expect(localOperator("a\u001b[31mb\nc").name).toBe("a [31mb c");
    expect(localOperator("x".repeat(100)).name).toHaveLength(32);
    expect(localOperator(undefined).name).toBe("operator");
    expect(localOperator("  ").name).toBe("operator");
  });
});
