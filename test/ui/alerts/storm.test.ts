import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/core/alert.ts";
import { aMember, anAlert, anIncident, sessionWith } from "./fixtures.ts";

const COUNT = 5000;

/** Alerts whose properties count how often they are read. */
function counting() {
  let reads = 0;
  const alerts = Array.from({ length: COUNT }, (_, nth): Alert => {
    const alert = anAlert({
      id: nth + 1,
      rule: nth % 2 === 0 ? "HIGH_LATENCY" : "HIGH_ERROR_RATE",
      entity: `service-${nth}`,
      startedAt: nth,
      firedAt: nth,
      message: `service-${nth}: p99=1,020ms over 1,000ms`,
    });
    return new Proxy(alert, {
      get(target, key, receiver) {
        reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
  });
  const during = (act: () => void) => {
    const before = reads;
    act();
    return reads - before;
  };
  return { alerts, during };
}

describe("a storm of alerts", () => {
  it("costs a frame without news as much as the rows that are visible, not as all alerts", () => {
    const { alerts, during } = counting();
    const members = alerts.slice(0, 500).map(({ rule, entity }) => aMember({ rule, entity }));
    const harness = sessionWith({ alerts, incidents: [anIncident({ members })] }, { width: 120, height: 40 });
    harness.press("3");
    harness.screen();
    const perFrame = during(() => {
      harness.press("j");
      harness.screen();
    });
    // About 20 rows and the details of one, with dozens of properties each: not one for each alert.
    expect(perFrame).toBeGreaterThan(0);
    expect(perFrame).toBeLessThan(COUNT);
  });

  it("is put in order once for each snapshot, however many panels and keys ask", () => {
    const { alerts, during } = counting();
    const harness = sessionWith({ alerts }, { width: 200, height: 60 });
    harness.press("3");
    harness.screen();
    const once = during(() => {
      harness.publish({ alerts: [...alerts] });
      harness.screen();
    });
    const again = during(() => {
      harness.publish({ alerts: [...alerts] });
      harness.screen();
      harness.press("k");
      harness.screen();
      harness.press("j");
      harness.screen();
    });
    expect(again).toBeLessThan(1.1 * once);
  });

  it("can be marked and filtered", () => {
    const { alerts } = counting();
    const harness = sessionWith({ alerts });
    harness.press("3/service-49<enter>*");
    const { marked } = harness.session.view().ui;
    expect(marked.size).toBe(alerts.filter(({ entity }) => entity.includes("service-49")).length);
    expect(harness.screen().join("\n")).toContain(`${marked.size} of ${COUNT} match`);
  });
});
