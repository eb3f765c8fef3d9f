import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConfig } from "./harness.ts";

const VALID = `tick: 500ms
window: 15s
seed: 7
thresholds: { p99_degraded: 400ms }
services:
  - name: api-gateway
    labels: { region: eu, team: &t blue }
    calls:
      - { service: payment, probability: 0.5 }
  - name: payment
    source: pretend
    interval: 1.5s
    thresholds:
      availability_down: 90
    publishes: [{ to: orders }]
  - { name: shop, source: web, url: "http://localhost:80", labels: { team: *t } }
worlds:
  - world: factory
    options:
      queues: [{ name: orders }]
      workers: [{ name: packer, takes_from: orders }]
    limits: { queue: { depth: { critical: 2000 } } }
rules:
  - kind: LATENCY
    above: 1s
    services: [api-gateway]
`;

/** Text with a meaning in YAML or in a config, and random noise. */
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    "\n",
    "\t",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!x ",
    "#",
    "|",
    ">",
    "---\n",
  ),
  fc.constantFrom(
    "<<: *t",
    "__proto__: 1",
    "constructor:",
    "null",
    "~",
    "-1",
    "1e999",
    ".nan",
    "\r\n",
    "\ufeff",
    '"',
  ),
  fc.constantFrom(
    "name: payment",
    "source: web",
    "services:",
    "worlds:",
    "limits:",
    "options: *t",
    "calls: [{ service: api-gateway }]",
    "%YAML 1.1\n",
  ),
);

const mutation = fc.record({ at: fc.nat(VALID.length), remove: fc.nat(30), insert: piece });

describe("any mutation of a valid config", () => {
  it("is valid, or has problems that lie inside the file", () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        const text = mutations.reduce(
          (before, { at, remove, insert }) => before.slice(0, at) + insert + before.slice(at + remove),
          VALID,
        );
        const result = parseConfig(text);
        if (result.ok) {
          expect(result.config.entities.length).toBeGreaterThan(0);
          // A config is kept between runs as JSON, and must come back the same.
          expect(JSON.parse(JSON.stringify(result.config))).toStrictEqual(result.config);
          return;
        }
        expect(result.problems.length).toBeGreaterThan(0);
        expect(new Set(result.problems.map((problem) => JSON.stringify(problem))).size).toBe(
          result.problems.length,
        );
        const lines = text.split("\n");
        for (const { line, column, message } of result.problems) {
          expect(message).toMatch(/^[^\n]+$/);
          expect(lines[line - 1]).toBeDefined();
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("starts from a valid text", () => {
    expect(parseConfig(VALID).ok).toBe(true);
  });
});
