import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { stringify } from "yaml";
import { catalog } from "../../../src/catalog/index.ts";
import { parseConfig } from "../../../src/config/config.ts";
import { loadConfigWith } from "../../../src/config/load.ts";
import { MAX_PROBLEMS } from "../../../src/config/problem-list.ts";
import type { Config, ConfigResult } from "../../../src/config/types.ts";
import { createVirtualClock } from "../../../src/core/virtual-clock.ts";
import { createMonitor } from "../../../src/monitor/monitor.ts";

/** Requests per second of simulated time, over all services, that a test can afford for the ticks of a config. */
const AFFORDABLE = 20_000;

/** Characters of a message: the quoted part of the file is shortened. */
const MAX_MESSAGE = 420;

const folder = new URL("../../../config/", import.meta.url);

/** Valid configs: those that ship with the program, and one for the example of every kind. */
export const validConfigs: readonly string[] = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readFileSync(new URL(name, folder), "utf8")),
  ...[...catalog.worlds.values()].map(({ example }) => stringify({ worlds: [example] })),
];

/** What became of the configs of a suite. */
export interface Tally {
  tried: number;
  accepted: number;
  refused: number;
}

export const newTally = (): Tally => ({ tried: 0, accepted: 0, refused: 0 });

/** Loads a config as from a file, and checks what every file must give: a config that runs, or plain messages. */
export async function tryConfig(content: string | Uint8Array, tally: Tally): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const result = await loadConfigWith(parseConfig, "hostile.yaml", () => Promise.resolve(bytes));
  expectPlain(result, new TextDecoder().decode(bytes));
  tally.tried += 1;
  if (!result.ok) {
    tally.refused += 1;
    return;
  }
  tally.accepted += 1;
  runThreeTicks(result.config);
}

/** Few problems, each one a plain sentence at a place inside the text. */
export function expectPlain(result: ConfigResult, text: string): void {
  if (result.ok) return;
  const { problems } = result;
  const lines = text.split("\n").length;
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(MAX_PROBLEMS);
  for (const { line, column, message } of problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message.length).toBeGreaterThan(0);
    expect(message.length).toBeLessThanOrEqual(MAX_MESSAGE);
    expect(message).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
    // An exception of the language, a value of it, or an internal word is not a plain sentence.
    const [internal] =
      /undefined|\[object|NaN|cannot be checked|is not a function|call stack/.exec(message) ?? [];
    if (internal !== undefined) expect(text, message).toContain(internal);
  }
}

/** Runs three ticks; a config with very much traffic gets shorter ones. */
export function runThreeTicks(config: Config): void {
  const traffic = config.entities.reduce((sum, { options }) => sum + rateOf(options), 0);
  const tickMs = traffic * config.tickMs > AFFORDABLE * 1000 ? 100 : config.tickMs;
  const clock = createVirtualClock();
  const monitor = createMonitor({ config: { ...config, tickMs }, configName: "hostile", clock, live: false });
  monitor.start();
  clock.runUntil(clock.now() + 3 * tickMs);
  const snapshot = monitor.snapshot();
  monitor.stop();
  expect(snapshot.entities.length).toBeGreaterThan(0);
}

function rateOf(options: unknown): number {
  const rate = typeof options === "object" && options !== null && "rate" in options ? options.rate : 0;
  return typeof rate === "number" ? rate : 0;
}
