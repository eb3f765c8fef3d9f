import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const TEXT = readFileSync(`${ROOT}/docs/EXTENDING.md`, "utf8");

interface Block {
  readonly language: string;
  readonly code: string;
  /** The prose between the block and the one before. */
  readonly before: string;
}

const BLOCKS: readonly Block[] = [...TEXT.matchAll(/([\s\S]*?)^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, before = "", language = "", code = ""]) => ({ language, code, before }),
);

/** The part of an entity kind as a file of its own: the only code that is not a file. */
function measureFile(code: string): string {
  const names = [...new Set(code.match(/\b[A-Z]+(?:_[A-Z]+)*(?=\.name)/g))].join(", ");
  return `import type { Measure } from "../core/measure.ts";
import { ${names} } from "./service-metrics.ts";
export const added: readonly Measure[] = [${code}];`;
}

/** Where the reader is told to write each piece of code: the file that is named last before it. */
function filesOf(blocks: readonly Block[]): Map<string, string> {
  return new Map(
    blocks
      .filter(({ language }) => language === "ts")
      .map(({ code, before }) => {
        if (code.startsWith("{")) return [`${ROOT}/src/kinds/of-extending.ts`, measureFile(code)];
        const file = [...before.matchAll(/`(src\/[\w/-]+\.ts)`/g)].at(-1)?.[1];
        if (file === undefined) throw new Error(`no file is named for\n${code}`);
        return [`${ROOT}/${file}`, code];
      }),
  );
}

/** The problems that the compiler has with files that are not on the disk, with the options of the project. */
function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(`${ROOT}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile(name, target, ...rest)
      : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) => {
    const source = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

it("has code that compiles where the reader is told to write it", () => {
  const files = filesOf(BLOCKS);
  expect(files.size).toBe(BLOCKS.filter(({ language }) => language === "ts").length);
  // A file with a mistake beside them shows that the compiler looks.
  const [[name, code] = ["", ""]] = files;
  const wrong = name.replace(".ts", "-wrong.ts");
  const problems = problemsOf(new Map([...files, [wrong, code.replace("title:", "titel:")]]));
  expect(problems.filter((problem) => !problem.startsWith(wrong))).toEqual([]);
  expect(problems).not.toEqual([]);
}, 60_000);

it("has configs that are valid, but for the kinds that the reader adds", () => {
  const configs = BLOCKS.filter(({ language }) => language === "yaml").map(({ code }) => code);
  expect(configs.length).toBeGreaterThan(0);
  const added = [...filesOf(BLOCKS).values()].flatMap((code) =>
    [...code.matchAll(/kind: "([\w-]+)"/g)].map((match) => match[1]!),
  );
  for (const text of configs) {
    if (added.some((kind) => text.includes(`world: ${kind}`))) continue;
    const whole = text.includes("services:") ? text : `${text}services: [{ name: a, base_latency: 5 }]\n`;
    expect(parseConfig(whole), text).toMatchObject({ ok: true });
  }
});
