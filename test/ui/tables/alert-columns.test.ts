import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/core/alert.ts";
import { console } from "../../../src/ui/panels/console.ts";
import { anAlert } from "../../alerts/alerts.ts";
import { sessionWith } from "../alerts/fixtures.ts";
import { textsOf } from "../panels/painting.ts";

function rowOf(alert: Partial<Alert>, width: number): string {
  const { session } = sessionWith({ alerts: [anAlert(alert)], incidents: [] });
  return textsOf(console, session.view(), { width, height: 6 })[1]!.trimEnd();
}

describe("a row of the console", () => {
  it.each([
    [{ suppressedBy: 7 }, / suppressed .* by #7$/],
    [{ acknowledged: { by: "alice", at: 1 } }, / acked .* by alice$/],
    [{ folded: true, occurrences: 3 }, / folded .* 3 times$/],
    [{ flapping: true }, / firing .* flapping$/],
  ])("does not repeat in its marks what its state says: %j", (alert, row) => {
    const text = rowOf(alert, 116);
    expect(text).toMatch(row);
    expect(text.match(/suppressed|acked|folded/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it("shows default rules, their entities and limits whole on 80 columns", () => {
    const message = "reporting: error_rate=44.0% over 10%, p99=306ms";
    const text = rowOf({ rule: "HIGH_ERROR_RATE", entity: "reporting", message }, 78);
    expect(text).toMatch(/HIGH_ERROR_RATE +reporting +44\.0% > 10%/);
    const slow = {
      rule: "HIGH_LATENCY",
      entity: "reporting",
      message: "reporting: p99=3,440ms over 1,000ms",
    };
    expect(rowOf(slow, 78)).toContain("3,440ms > 1,000ms");
  });

  it("shows whole sentences of several, and the beginning of a long one", () => {
    const of = (message: string) => rowOf({ entity: "shop", message: `shop: ${message}` }, 116);
    expect(of("no heartbeat for 27s, no passing health check for 27s")).toMatch(/ no heartbeat for 27s…/);
    expect(of("the upstream certificate has expired long ago")).toMatch(/ the upstream certificate \w*…/);
  });

  it("shows whole comparisons, or says that there are more", () => {
    const message = "shop: cpu=99.4% over 80%, memory=95.0% over 75%";
    for (let width = 60; width < 200; width++) {
      const text = rowOf({ entity: "shop", message }, width);
      expect(text).toMatch(/shop +99\.4% (> 80%(, memory=95\.0% > 75%| |…)|… )/);
    }
    expect(rowOf({ entity: "shop", message }, 116)).toContain("99.4% > 80%");
  });
});
