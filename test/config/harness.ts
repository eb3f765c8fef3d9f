import { z } from "zod";
import { limit } from "../../src/alerts/rules/limit.ts";
import type { RuleKind } from "../../src/alerts/types.ts";
import { createCatalog } from "../../src/catalog/catalog.ts";
import { createConfigParser } from "../../src/config/parse.ts";
import type { Config, ConfigProblem } from "../../src/config/types.ts";
import type { EntityKind, Link } from "../../src/core/entity.ts";
import type { Measure } from "../../src/core/measure.ts";
import { duration, ratio } from "../../src/core/quantity.ts";
import type { SourceKind } from "../../src/sources/types.ts";
import type { EntityDeclaration, WorldKind } from "../../src/worlds/types.ts";

/** A measure for tests of limits. */
function measure(id: string, rest: Partial<Measure>): Measure {
  const read = { type: "statistic", metric: "m", stat: "last" } as const;
  return { id, title: id, unit: "none", description: `the ${id}`, worse: "up", read, ...rest };
}

function entityKind(kind: string, title: string, measures: readonly Measure[]): EntityKind {
  const headline = measures[0]!.id;
  return {
    kind,
    title,
    description: title,
    metrics: [],
    measures,
    columns: [],
    headline,
    bars: [],
    compared: [],
  };
}

const service = entityKind("service", "services", [
  measure("availability", { unit: "percent", worse: "down", top: 100, limits: { down: 95 } }),
  measure("error_rate", { unit: "ratio", top: 1, limits: { degraded: 0.05, critical: 0.1 } }),
  measure("p99", { unit: "ms", limits: { degraded: 500, critical: 1000 } }),
  measure("request_rate", { worse: "none" }),
]);

const queue = entityKind("queue", "queues", [
  measure("depth", { unit: "count", limits: { degraded: 100, critical: 1000 }, alert: "QUEUE_DEPTH" }),
  measure("oldest_age", { unit: "duration" }),
  measure("fairness", { unit: "ratio", worse: "down", top: 1, limits: { degraded: 0.5, critical: 0.2 } }),
]);

const worker = entityKind("worker", "workers", [measure("busy", { unit: "percent", top: 100 })]);

const calls = z.array(z.strictObject({ service: z.string(), probability: ratio().default(1) })).default([]);

const pretend = z.strictObject({
  model: z.enum(["steady", "bursty"]).default("steady"),
  rate: z.number().positive().default(10),
  interval: duration(100, 60_000).default(1000),
  calls,
  publishes: z.array(z.strictObject({ to: z.string() })).default([]),
});

const web = z.strictObject({
  url: z.url(),
  interval: duration(100, 60_000).default(5000),
  feeds: z.string().optional(),
});

const quiet = { faultKinds: [], actionKinds: [], example: {}, breakable: true, simulated: true } as const;
const open = () => ({ stop: () => {} });

const sources: readonly SourceKind[] = [
  {
    ...quiet,
    kind: "pretend",
    description: "made up",
    schema: pretend,
    entityKind: service,
    cadenceMs: (options) => pretend.parse(options).interval,
    links: (options) => [
      ...pretend.parse(options).calls.map((call): Link => ({ type: "calls", to: call.service })),
      ...pretend.parse(options).publishes.map((each): Link => ({ type: "publishes", to: each.to })),
    ],
    open,
  },
  {
    ...quiet,
    kind: "web",
    description: "requests a URL",
    schema: web,
    entityKind: service,
    cadenceMs: (options) => web.parse(options).interval,
    links: (options) => {
      const { feeds } = web.parse(options);
      return feeds === undefined ? [] : [{ type: "publishes", to: feeds }];
    },
    open,
  },
];

const factory = z.strictObject({
  queues: z.array(z.strictObject({ name: z.string() })).default([]),
  workers: z.array(z.strictObject({ name: z.string(), takes_from: z.string() })).default([]),
  pulse: duration(100, 60_000).default(500),
});

/** Queues, and workers that consume them. A worker can consume the queue of another factory. */
const world: WorldKind<z.output<typeof factory>> = {
  ...quiet,
  kind: "factory",
  description: "queues and workers",
  schema: factory,
  entityKinds: [queue, worker],
  entities: ({ queues, workers, pulse }, name) => [
    ...queues.map(
      (each): EntityDeclaration => ({ ...each, kind: "queue", links: [], cadenceMs: pulse, options: each }),
    ),
    ...workers.map(
      (each): EntityDeclaration => ({
        name: each.name,
        kind: "worker",
        labels: { factory: name },
        links: [{ type: "consumes", to: each.takes_from }],
        cadenceMs: pulse,
        options: each,
      }),
    ),
  ],
  problems: ({ workers }) =>
    workers.flatMap(({ name, takes_from }, index) =>
      name === takes_from
        ? [{ path: ["workers", index, "takes_from"], message: "must not be the worker itself" }]
        : [],
    ),
  open,
};

const rule = (kind: string, schema: z.ZodObject): RuleKind<unknown> => ({
  kind,
  description: kind,
  schema,
  example: { kind },
  applies: () => true,
  measures: () => [],
  severities: () => [],
  condition: () => "",
  hold: () => ({ ticks: 1, ms: 0 }),
  evaluate: () => undefined,
});

/** Small kinds that cover all config features, independent of the real registries. */
export const catalog = createCatalog(
  sources,
  [world as unknown as WorldKind],
  [
    rule("LATENCY", z.strictObject({ above: duration(0, 60_000).default(500) })),
    rule("NEEDY", z.strictObject({ gauge: z.string() })),
    limit as unknown as RuleKind<unknown>,
  ],
  "pretend",
);

export const parseConfig = createConfigParser(catalog);

/** The config of a text that must be valid. */
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
