import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { KeptConfigs } from "../../src/config/kept-configs.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";

const CONFIGS = ["default", "walkthrough", "task-queue", "mixed"].map(
  (name) => new URL(`../../config/${name}.yaml`, import.meta.url).pathname,
);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-kept-"));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

async function parsed(text: string) {
  const result = parseConfig(text);
  if (!result.ok) throw new Error("it is not valid");
  return result.config;
}

async function theFile(): Promise<string> {
  const files = await readdir(folder);
  expect(files).toHaveLength(1);
  return join(folder, files[0]!);
}

const clock = createVirtualClock();

describe("configs that are kept between runs", () => {
  it.each(CONFIGS)("come back exactly as they were parsed: %s", async (path) => {
    const text = await readFile(path, "utf8");
    const config = await parsed(text);
    new KeptConfigs(folder, "b1").put(path, text, config);
    expect(new KeptConfigs(folder, "b1").get(path, text)).toStrictEqual(config);
  });

  it("are used for the same path, text and build only", async () => {
    const text = "services: [{ name: a, base_latency: 5 }]\n";
    const kept = new KeptConfigs(folder, "b1");
    kept.put("/a.yaml", text, await parsed(text));
    expect(kept.get("/a.yaml", text)).toBeDefined();
    expect(kept.get("/a.yaml", `${text} `)).toBeUndefined();
    expect(kept.get("/b.yaml", text)).toBeUndefined();
    expect(new KeptConfigs(folder, "b2").get("/a.yaml", text)).toBeUndefined();
  });

  it("can be read by this user only, and replace the one before", async () => {
    const kept = new KeptConfigs(folder, "b1");
    for (const text of [
      "services: [{ name: a, base_latency: 5 }]",
      "services: [{ name: b, base_latency: 5 }]",
    ]) {
      kept.put("/a.yaml", text, await parsed(text));
      expect(kept.get("/a.yaml", text)).toEqual(await parsed(text));
    }
    expect((await stat(await theFile())).mode & 0o777).toBe(0o600);
  });

  it("are parsed anew when their file is damaged in any way", async () => {
    const text = "services: [{ name: a, base_latency: 5 }]";
    const kept = new KeptConfigs(folder, "b1");
    kept.put("/a.yaml", text, await parsed(text));
    const file = await theFile();
    const whole = await readFile(file, "utf8");
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.nat(whole.length - 1).map((end) => whole.slice(0, end)),
          fc.json(),
        ),
        async (content) => {
          await writeFile(file, content);
          expect(kept.get("/a.yaml", text)).toBeUndefined();
        },
      ),
      { numRuns: 100 },
    );
  });

  it("are not needed: a folder that does not exist changes nothing", async () => {
    const nowhere = new KeptConfigs(join(folder, "none"), "b1");
    expect(await loadConfig(CONFIGS[3]!, { clock, kept: nowhere })).toEqual(
      await loadConfig(CONFIGS[3]!, { clock }),
    );
    expect(await loadConfig(CONFIGS[3]!, { clock, kept: nowhere })).toMatchObject({ ok: true });
  });

  it("give the same answer the second time a file is loaded", async () => {
    const kept = new KeptConfigs(folder, "b1");
    const first = await loadConfig(CONFIGS[2]!, { clock, kept });
    await theFile();
    expect(await loadConfig(CONFIGS[2]!, { clock, kept })).toStrictEqual(first);
  });

  it.each([
    [
      "a real source, which can have a token",
      "services: [{ name: a, source: http, url: 'http://localhost', headers: { a: b } }]",
    ],
    ["an invalid one", "services: [{ name: a }]"],
  ])("do not include %s", async (_, text) => {
    const path = join(folder, "own.yaml");
    await writeFile(path, text);
    await loadConfig(path, { clock, kept: new KeptConfigs(folder, "b1") });
    expect(await readdir(folder)).toEqual(["own.yaml"]);
  });
});
