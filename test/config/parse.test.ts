import { describe, expect, it } from "vitest";
import { configOf } from "./stand-in.ts";

describe("a right config", () => {
  it("needs no more than a service's name", () => {
    const config = configOf("services: [{ name: api }]");
    expect(config).toEqual({
      tickMs: 500,
      windowMs: 15_000,
      seed: 1,
      services: [
        {
          name: "api",
          source: "pretend",
          labels: {},
          windowMs: 20_000,
          thresholds: {
            availability_down: 95,
            error_rate_degraded: 0.05,
            error_rate_critical: 0.1,
            p99_degraded: 500,
            p99_critical: 1000,
          },
          options: { model: "steady", rate: 10, interval: 1000, calls: [] },
        },
      ],
      rules: [{ kind: "LATENCY", options: { above: 500 }, services: undefined }],
    });
  });

  it("keeps a service's own keys apart from those of its source", () => {
    const [service] = configOf(
      "services: [{ name: shop, source: web, url: 'http://localhost', labels: { team: blue }, window: 1m }]",
    ).services;
    expect(service?.options).toEqual({ url: "http://localhost", interval: 5000 });
    expect(service?.labels).toEqual({ team: "blue" });
    expect(service?.windowMs).toBe(60_000);
  });

  it("gives a rarely looked at service a window of twenty looks", () => {
    const config = configOf(`
window: 30s
services:
  - { name: quick, interval: 100ms }
  - { name: slow, interval: 10s }
`);
    expect(config.services.map((service) => service.windowMs)).toEqual([30_000, 200_000]);
  });

  it("lets a service change some thresholds and keep the others", () => {
    const config = configOf(`
thresholds: { p99_degraded: 200ms, availability_down: 90 }
services:
  - { name: a, thresholds: { p99_degraded: 300ms, stale_after: 1m } }
  - { name: b }
`);
    const [a, b] = config.services.map((service) => service.thresholds);
    expect(a).toMatchObject({
      p99_degraded: 300,
      availability_down: 90,
      p99_critical: 1000,
      stale_after: 60_000,
    });
    expect(b).toMatchObject({ p99_degraded: 200, availability_down: 90 });
  });

  it("takes rules as they are written, and none when the list is empty", () => {
    const text = "services: [{ name: a }]\nrules: [{ kind: LATENCY, above: 1s, services: [a] }]";
    expect(configOf(text).rules).toEqual([{ kind: "LATENCY", options: { above: 1000 }, services: ["a"] }]);
    expect(configOf("services: [{ name: a }]\nrules: []").rules).toEqual([]);
  });

  it("counts ticks in whole ms, so that a million of them do not drift", () => {
    expect(configOf("tick: 100.4ms\nservices: [{ name: a }]").tickMs).toBe(100);
  });

  it("follows a few aliases", () => {
    const config = configOf(`
services:
  - { name: a, labels: &shared { team: blue } }
  - { name: b, labels: *shared }
`);
    expect(config.services[1]?.labels).toEqual({ team: "blue" });
  });
});
