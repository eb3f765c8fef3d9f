import { describe, expect, it } from "vitest";
import { parseConfig } from "../../../src/config/config.ts";
import { parseOffThread } from "../../../src/config/off-thread.ts";
import { createRealClock } from "../../../src/core/real-clock.ts";
import { isFull, report } from "../scale.ts";
import { expectPlain } from "./harness.ts";

/** Just below the largest file, characters; a sample has a hundredth. */
const LENGTH = isFull ? 1_040_000 : 10_400;

/** As many repetitions as fit. */
function fill(start: string, unit: (index: number) => string, end = ""): string {
  const parts = [start];
  let length = start.length + end.length;
  for (let index = 0; ; index += 1) {
    const part = unit(index);
    length += part.length;
    if (length > LENGTH) return parts.join("") + end;
    parts.push(part);
  }
}

const SERVICE = "services: [{ name: a, base_latency: 1ms }]\n";
const world = (kind: string, key: string) => `worlds:\n- world: ${kind}\n  options:\n    ${key}:\n`;

/** Texts whose cost grows faster than they do, one for each way to write much with little. */
const huge: Readonly<Record<string, string>> = {
  "empty entries": fill("services: [", () => "~,", "]"),
  "empty lines of a list": fill("services:\n", () => "- \n"),
  "empty maps": fill("services: [", () => "{},", "]"),
  "maps of unknown keys": fill("services: [", (i) => `{k${i}: 1},`, "]"),
  "entries without a name": fill("services:\n", () => "- { rate: x, cpu: y }\n"),
  services: fill("services:\n", (i) => `- { name: s${i}, base_latency: 1 }\n`),
  "services of one name": fill("services:\n", () => "- { name: a, base_latency: 1 }\n"),
  "calls to nobody": fill(
    "services:\n",
    (i) => `- {name: s${i}, base_latency: 1, calls: [{service: x${i}}]}\n`,
  ),
  "a chain of calls": fill(
    "services:\n",
    (i) => `- {name: s${i}, base_latency: 1, calls: [{service: s${i + 1}}]}\n`,
  ),
  "a circle of calls": fill(
    "services:\n- {name: s0, base_latency: 1, calls: [{service: s1}]}\n",
    (i) => `- {name: s${i + 1}, base_latency: 1, calls: [{service: s0}]}\n`,
  ),
  "calls of one service": fill(`${SERVICE.slice(0, -4)}, calls: [`, () => "{service: a},", "]}]"),
  "bad lists in many entries": fill("services:\n", () => `- {calls: [${"~,".repeat(300)}]}\n`),
  keys: fill(SERVICE, (i) => `k${i}: 1\n`),
  "the same key": fill(SERVICE, () => "x: 1\n"),
  "keys of labels": fill("services: [{ name: a, base_latency: 1, labels: {", (i) => `k${i}: v,`, "}}]"),
  "a long name": fill("services: [{ base_latency: 1, name: '", () => "x", "' }]"),
  "a long call": fill("services: [{ name: a, base_latency: 1, calls: [{ service: '", () => "é", "' }] }]"),
  "a long number": fill("seed: ", () => "9"),
  "a long duration": fill(`${SERVICE}tick: `, () => "9", "d"),
  "a long label of emoji": fill(
    "services: [{ name: a, base_latency: 1, labels: { k: '",
    () => "👩\u200d",
    "' } }]",
  ),
  "a long comment": fill(SERVICE, () => "# x\n"),
  "a block text": fill(`${SERVICE}x: |\n`, () => "  line\n"),
  brackets: fill("services: ", () => "["),
  "closed brackets": fill("services: ", () => "[]"),
  braces: fill("services: ", () => "{a: "),
  dashes: fill("services:\n  ", () => "- "),
  "question marks": fill("", () => "? "),
  colons: fill("a", () => ": "),
  indentation: fill("", (i) => `${" ".repeat(i)}a:\n`),
  quotes: fill("services: ", () => '"'),
  anchors: fill("services: [", (i) => `&a${i} ~,`, "]"),
  aliases: fill("x: &x [1]\nservices: [", () => "*x,", "]"),
  "aliases of aliases": fill("a0: &a0 [x]\n", (i) => `a${i + 1}: &a${i + 1} [*a${i},*a${i}]\n`),
  "aliases of a long list": `${fill("x: &x [", () => "~,", "]").slice(0, LENGTH / 2)}]\nservices: [${"*x,".repeat(99)}]`,
  "merge keys": fill("x: &x { a: 1 }\nservices:\n", () => "- { <<: *x }\n"),
  tags: fill("services: [", () => "!t 1,", "]"),
  documents: fill(SERVICE, () => "---\n"),
  "syntax errors": fill("", () => "a: b: c\n"),
  "reserved characters": fill("", () => "@\n"),
  "carriage returns": fill(SERVICE, () => "\r"),
  tabs: fill("services:\n", () => "\t- \n"),
  "zero bytes": fill("", () => "\0"),
  "byte order marks": fill("", () => "\ufeff"),
  rules: fill(`${SERVICE}rules:\n`, () => "- { kind: SERVICE_DOWN }\n"),
  "names in a rule": fill(`${SERVICE}rules: [{ kind: SERVICE_DOWN, services: [`, () => "b,", "] }]"),
  worlds: fill("worlds:\n", (i) => `- { world: task-queue, name: w${i} }\n`),
  "worlds of many entities": fill(
    world("task-queue", "topics"),
    (i) => `    - { name: t${i}, partitions: 100 }\n`,
  ),
  queues: fill(world("task-queue", "queues"), (i) => `    - { name: q${i} }\n`),
  "producers of nothing": fill(world("task-queue", "producers"), (i) => `    - { name: p${i}, to: x }\n`),
  "services of a world": fill(
    world("services", "services"),
    (i) => `    - { name: s${i}, base_latency: 1 }\n`,
  ),
  "services of a world with one name": fill(
    world("services", "services"),
    () => "    - { name: s, base_latency: 1 }\n",
  ),
  limits: fill("services:\n", (i) => `- { name: s${i}, base_latency: 1, thresholds: { p99_critical: 1 } }\n`),
};

/** Starting a thread takes longer than checking a small text. */
const check = (text: string) => (isFull ? parseOffThread(text, createRealClock()) : parseConfig(text));

describe("a text as long as a file can be", () => {
  it.each(Object.entries(huge))(
    "of %s is checked within the budget",
    async (_, text) => {
      const result = await check(text);
      expectPlain(result, text);
      if (!result.ok) expect(result.problems[0]!.message).not.toMatch(/^checking this config/);
      report("texts of a megabyte", 1, 0);
    },
    120_000,
  );
});
