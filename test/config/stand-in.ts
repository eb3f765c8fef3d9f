import { z } from "zod";
import type { ConfigKinds } from "../../src/config/kinds.ts";
import { createConfigParser } from "../../src/config/parse.ts";
import type { Config, ConfigProblem } from "../../src/config/types.ts";
import { duration, ratio } from "../../src/core/quantity.ts";

const pretend = z.strictObject({
  model: z.enum(["steady", "bursty"]).default("steady"),
  rate: z.number().positive().default(10),
  interval: duration(100).default(1000),
  calls: z.array(z.strictObject({ service: z.string(), probability: ratio.default(1) })).default([]),
});

const web = z.strictObject({ url: z.url(), interval: duration(100).default(5000) });

const latency = z.strictObject({ above: duration(0).default(500) });
const needy = z.strictObject({ gauge: z.string() });

/** Small kinds that show everything a config can be asked to do, whatever the real registries hold. */
export const kinds: ConfigKinds = {
  defaultSource: "pretend",
  sources: {
    pretend: {
      kind: "pretend",
      description: "made up",
      schema: pretend,
      cadenceMs: (options) => pretend.parse(options).interval,
      calls: (options) => pretend.parse(options).calls.map((call) => call.service),
    },
    web: {
      kind: "web",
      description: "asks a web address",
      schema: web,
      cadenceMs: (options) => web.parse(options).interval,
      calls: () => [],
    },
  },
  rules: {
    LATENCY: { kind: "LATENCY", description: "too slow", schema: latency },
    NEEDY: { kind: "NEEDY", description: "cannot do without being told", schema: needy },
  },
};

export const parseConfig = createConfigParser(kinds);

/** The config of a text that must be right. */
export function configOf(text: string): Config {
  const result = parseConfig(text);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join("\n"));
  return result.config;
}

/** The problems of a text as `line:column: message`; empty when there are none. */
export function problemsOf(text: string): string[] {
  const result = parseConfig(text);
  return result.ok ? [] : result.problems.map(inOneLine);
}

function inOneLine({ line, column, message }: ConfigProblem): string {
  return `${line}:${column}: ${message}`;
}
