import { describe, expect, it } from "vitest";
import { statusLine } from "../../src/cli/status-line.ts";
import type { Health } from "../../src/core/health.ts";
import { snapshotOf } from "../report/snapshots.ts";

const fleet = (...entities: [string, Health, ...string[]][]) =>
  snapshotOf({ entities: entities.map(([name, health, ...reasons]) => ({ name, health, reasons })) });

describe("the status in one line", () => {
  it("is short if all entities are healthy", () => {
    expect(statusLine(fleet(["a", "healthy"], ["b", "healthy"]))).toBe("HEALTHY: 2 healthy");
  });

  it("names unhealthy entities with reasons, worst first", () => {
    const snapshot = fleet(
      ["a", "healthy"],
      ["b", "degraded", "p99 640 ms over 500 ms", "error rate 6.0 % over 5 %"],
      ["c", "down", "availability 80.0 % under 95 %"],
    );
    expect(statusLine(snapshot)).toBe(
      "DOWN: 1 healthy, 1 degraded, 1 down (c availability 80.0 % under 95 %; b p99 640 ms over 500 ms)",
    );
  });

  it("is one line for any number of entities", () => {
    const names = ["a", "b", "c", "d", "e"];
    const snapshot = fleet(
      ...names.map((name): [string, Health, string] => [name, "unknown", "no data yet"]),
    );
    expect(statusLine(snapshot)).toBe(
      "UNKNOWN: 5 unknown (a no data yet; b no data yet; c no data yet; and 2 more)",
    );
  });
});
