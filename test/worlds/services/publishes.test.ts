import { describe, expect, it } from "vitest";
import { CALM, failedShare, startSimulation } from "./harness.ts";

const PUBLISHES = { ...CALM, publishes: [{ to: "orders" }] };

/** A receiver that records messages and refuses them while `refusal` is set. */
function receiver() {
  const messages: { entity: string; at: number }[] = [];
  const state: { refusal: string | undefined } = { refusal: undefined };
  return {
    messages,
    state,
    send(entity: string, at: number) {
      if (state.refusal === undefined) messages.push({ entity, at });
      return state.refusal;
    },
  };
}

describe("publishing", () => {
  it("sends one message per request, when its own work is done", () => {
    const { messages, send } = receiver();
    const sim = startSimulation({ a: PUBLISHES }, { send });
    sim.run(20_000);
    sim.inject("a", "outage");
    sim.run(10_000);
    // Without calls a request ends when its work is done; reset requests have published before.
    const ended = sim.seen("a").requests.filter(({ ok }) => ok);
    expect(ended.length).toBeGreaterThan(500);
    const sent = messages.filter(({ at }) => at <= ended.at(-1)!.at);
    expect(sent.map(({ at }) => at).sort((x, y) => x - y)).toEqual(
      ended.map(({ at }) => at).sort((x, y) => x - y),
    );
  });

  it("does not wait for the calls of the request", () => {
    const { messages, send } = receiver();
    const sim = startSimulation(
      {
        a: { ...PUBLISHES, calls: [{ service: "b", timeout: "5s" }] },
        b: { ...CALM, rate: 0, base_latency: 900 },
      },
      { send },
    );
    sim.run(20_000);
    const ends = new Set(sim.seen("a").requests.map(({ at }) => Math.round(at)));
    const early = messages.filter(({ at }) => ends.has(Math.round(at + 900)));
    expect(early.length).toBeGreaterThan(ends.size * 0.9);
  });

  it("sends with its probability, to each receiver independently", () => {
    const { messages, send } = receiver();
    const publishes = [
      { to: "orders", probability: 0.2 },
      { to: "audit", probability: 0.7 },
    ];
    const sim = startSimulation({ a: { ...CALM, rate: 200, publishes } }, { send });
    sim.run(60_000);
    const share = (entity: string) =>
      messages.filter((message) => message.entity === entity).length / sim.seen("a").requests.length;
    expect(Math.abs(share("orders") - 0.2)).toBeLessThan(0.02);
    expect(Math.abs(share("audit") - 0.7)).toBeLessThan(0.02);
  });

  it("sends nothing for a request that failed, was refused or got no response", () => {
    for (const [kind, level] of [
      ["errors", 100],
      ["outage", undefined],
      ["hang", undefined],
    ] as const) {
      const { messages, send } = receiver();
      const sim = startSimulation({ a: PUBLISHES }, { send });
      sim.inject("a", kind, level);
      sim.run(5_000);
      expect(messages).toEqual([]);
    }
  });

  it("fails the request with the reason of the refusal, also through the calls to it", () => {
    const { state, send } = receiver();
    state.refusal = "broker down";
    const sim = startSimulation(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...PUBLISHES, rate: 0 } },
      { send },
    );
    sim.run(10_000);
    expect(sim.seen("b").requests.length).toBeGreaterThan(500);
    for (const { ok, error } of sim.seen("b").requests) {
      expect([ok, error]).toEqual([false, "orders: broker down"]);
    }
    expect(sim.seen("a").requests[0]?.error).toBe("b: orders: broker down");
    expect(sim.problems).toEqual([]);
  });

  it("ignores a refusal if configured", () => {
    const { state, send } = receiver();
    state.refusal = "broker down";
    const sim = startSimulation(
      { a: { ...CALM, publishes: [{ to: "orders", on_failure: "ignore" }] } },
      { send },
    );
    sim.run(10_000);
    expect(sim.seen("a").requests.length).toBeGreaterThan(400);
    expect(failedShare(sim.seen("a").requests)).toBe(0);
  });

  it("does not change other numbers of the service: it uses a separate random stream", () => {
    const services = { a: { base_latency: 100, error_rate: 0.1 } };
    const plain = startSimulation(services);
    const publishing = startSimulation(
      { a: { ...services.a, publishes: [{ to: "orders", probability: 0.5 }] } },
      { send: () => undefined },
    );
    for (const sim of [plain, publishing]) sim.run(20_000);
    expect(publishing.observations()).toEqual(plain.observations());
    expect(plain.streams).not.toContain("a/publishes");
    expect(publishing.streams).toContain("a/publishes");
  });

  it("reports a receiver that throws as a problem of the publishing service", () => {
    const sim = startSimulation(
      { a: PUBLISHES, b: CALM },
      {
        send: () => {
          throw new Error("no route");
        },
      },
    );
    sim.run(5_000);
    expect(sim.problems).toEqual([["a", "the simulation failed: no route"]]);
    expect(failedShare(sim.seen("b").requests)).toBe(0);
  });
});
