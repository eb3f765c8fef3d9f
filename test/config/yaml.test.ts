import { describe, expect, it } from "vitest";
import { parseConfig, problemsOf } from "./harness.ts";

const EMPTY =
  "1:1: the config is empty; it needs a list of services, such as services: [{ name: api-gateway }]";

describe("YAML that is not a valid config", () => {
  it.each([
    ["nothing", "", EMPTY],
    ["blank lines", "\n\n  \n", EMPTY],
    ["only a comment", "# hello\n", EMPTY],
    ["a list", "- a\n- b\n", "1:1: the config must be a map with the key services or worlds"],
    ["a word", "services", "1:1: the config must be a map with the key services or worlds"],
    [
      "a second document",
      "services: [{ name: a }]\n---\nservices: []\n",
      "2:1: write one document only; remove this --- and what follows, or what comes before it",
    ],
    [
      "a tag",
      "services: !secret [{ name: a }]\n",
      "1:11: remove the tag that begins with !; tags are not supported",
    ],
    [
      "an alias without anchor",
      "services: *all\n",
      "1:11: this alias has no anchor before it; write the value out",
    ],
    [
      "a duplicate key",
      "seed: 1\nservices: [{ name: a }]\nseed: 2\n",
      "3:1: duplicate key in this map; remove one of the two",
    ],
  ])("%s", (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("explains a tab", () => {
    expect(problemsOf("services:\n\t- name: a\n")[0]).toBe(
      "2:1: indent with spaces; YAML does not allow tabs here",
    );
  });

  it("reports the position of a syntax error", () => {
    expect(problemsOf("services: [{ name: a }\n")[0]).toMatch(/^1:23: this is not valid YAML: /);
  });

  it("continues after a duplicate key, and checks the last one", () => {
    expect(problemsOf("services: [{ name: a }]\nseed: 1\nseed: x\n")).toEqual([
      "3:1: duplicate key in this map; remove one of the two",
      "3:7: seed must be a whole number",
    ]);
  });

  it("limits the expansion of aliases", () => {
    const levels = "bcdefghij".split("");
    const bomb = levels.reduce(
      (text, name, index) => `${text}\n${name}: &${name} [${`*${"abcdefghij"[index]},`.repeat(9)}]`,
      "a: &a [x]",
    );
    expect(problemsOf(bomb)).toEqual([
      "1:1: the aliases (*name) cannot be resolved or are too many; write the values out",
    ]);
  });

  it("survives a hundred thousand brackets", () => {
    const result = parseConfig("[".repeat(100_000));
    expect(result.ok).toBe(false);
  });

  it("escapes and shortens quoted text", () => {
    const [problem] = problemsOf(`services: [{ name: a }]\n"\\e[31m${"x".repeat(900)}": 1\n`);
    expect(problem).toMatch(/^2:1: \?\[31mx+\.\.\.$/);
    expect(problem!.length).toBeLessThan(420);
  });
});
