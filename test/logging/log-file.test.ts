import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { LogRecord } from "../../src/core/log.ts";
import { openLogFile } from "../../src/logging/log-file.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "faultline-log-"));
  folders.push(made);
  return made;
}

const record = (id: number, event = "something"): LogRecord => ({
  id,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  level: "warn",
  component: "alert",
  event,
  fields: { entity: "api-gateway" },
});

/** The lines of all files, the oldest file first. */
function linesOf(directory: string): Record<string, unknown>[] {
  return readdirSync(directory)
    .sort((a, b) => numberOf(a) - numberOf(b))
    .flatMap((name) => readFileSync(join(directory, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

const fail = (problem: string) => {
  throw new Error(problem);
};

describe("a log file", () => {
  it("is one JSON object a line, and only its owner can read it", async () => {
    const directory = join(folder(), "not", "there", "yet");
    const file = await openLogFile(directory, "run-1", fail);
    file.write(record(1, 'a line\nbreak and "quotes"'));
    file.flushNow();
    expect(linesOf(directory)).toEqual([
      {
        timestamp: "2026-01-02T03:04:05.000Z",
        level: "warn",
        session: "run-1",
        component: "alert",
        entity: "api-gateway",
        event: 'a line\nbreak and "quotes"',
      },
    ]);
    const [name] = readdirSync(directory);
    expect(statSync(join(directory, name!)).mode & 0o777).toBe(0o600);
  });

  it("continues in a new file when it is large, keeps a few, and loses no line of those", async () => {
    const directory = folder();
    const file = await openLogFile(directory, "run-1", fail);
    const long = "x".repeat(10_000);
    const written = 4_000;
    for (let id = 1; id <= written; id++) {
      file.write(record(id, `${id} ${long}`));
      if (id % 250 === 0) await expect.poll(() => newestId(directory), { timeout: 20_000 }).toBe(id);
    }
    expect(readdirSync(directory).length).toBeLessThanOrEqual(5);
    const ids = linesOf(directory).map(({ event }) => Number(String(event).split(" ")[0]));
    expect(ids).toEqual(Array.from(ids, (_, nth) => written - ids.length + 1 + nth));
    expect(ids.length).toBeLessThan(written);
  });

  it("cannot be opened where a file is in the way", async () => {
    const blocked = join(folder(), "blocked");
    writeFileSync(blocked, "");
    await expect(openLogFile(blocked, "run-1", fail)).rejects.toThrow();
  });
});

/** The number at the start of the newest complete line; a file that has just begun is empty. */
function newestId(directory: string): number {
  const names = readdirSync(directory).sort((a, b) => numberOf(b) - numberOf(a));
  const texts = names.map((name) => readFileSync(join(directory, name), "utf8"));
  const line =
    texts
      .find((text) => text !== "")
      ?.trimEnd()
      .split("\n")
      .at(-1) ?? "";
  return Number(/"event":"(\d+) /.exec(line)?.[1]);
}

function numberOf(name: string): number {
  return Number(name.split(".").at(-2));
}
