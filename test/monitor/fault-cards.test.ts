import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/core/alert.ts";
import { FaultCards } from "../../src/monitor/fault-cards.ts";

const START = 1_000_000;

function openCard() {
  const cards = new FaultCards();
  const fault = {
    id: 1,
    service: "back",
    kind: "latency",
    intensity: 800,
    startedAt: START,
    endsAt: START + 60_000,
  };
  cards.opened(fault, "latency +800 ms", ["front"], () => ({ health: "healthy", p99: 40 }), 15_000);
  return cards;
}

const alert = (service: string, startedAt: number): Alert => ({
  id: 1,
  rule: "HIGH_LATENCY",
  service,
  severity: "warning",
  state: "firing",
  message: "",
  startedAt,
  firedAt: startedAt,
  resolvedAt: undefined,
});

describe("the first alert of a fault", () => {
  it("is one on its service or upstream of it", () => {
    const cards = openCard();
    cards.fired(alert("front", START + 2_000), START + 3_000);
    cards.fired(alert("back", START + 3_500), START + 4_000);
    expect(cards.list()[0]).toMatchObject({
      detectedAfterMs: 3_000,
      detectedBy: { rule: "HIGH_LATENCY", service: "front" },
    });
  });

  it("is none of a stranger, and none of a breach that began before the fault", () => {
    const cards = openCard();
    cards.fired(alert("elsewhere", START + 2_000), START + 2_000);
    cards.fired(alert("back", START - 5_000), START + 500);
    expect(cards.list()[0]).toMatchObject({ detectedAfterMs: undefined, detectedBy: undefined });
  });
});
