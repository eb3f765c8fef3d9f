import { describe, expect, it } from "vitest";
import type { Recorder } from "../../src/core/observation.ts";
import { PASSING_CHECK, ServiceRecorder } from "../../src/kinds/service-recorder.ts";
import { createRecording } from "../sources/recording.ts";

function start() {
  const recording = createRecording(() => 0);
  return { ...recording, service: new ServiceRecorder(recording.recorder) };
}

describe("requests", () => {
  it("are recorded with their latency, failed ones also with the reason", () => {
    const { service, requests } = start();
    service.request(1, 20, true);
    service.request(2, 30, false, "connection refused");
    service.request(3, 40, false);
    expect(requests.map(({ at, latencyMs, ok, error }) => [at, latencyMs, ok, error])).toEqual([
      [1, 20, true, undefined],
      [2, 30, false, "connection refused"],
      [3, 40, false, "request failed"],
    ]);
  });

  it("of a label set have its labels, failed ones too", () => {
    const { service, requests, labelSets, resolved } = start();
    const pay = service.labelled({ endpoint: "/pay" });
    for (const ok of [true, false, false]) pay.request(1, 20, ok);
    expect(requests.map(({ ok, labels }) => [ok, labels])).toEqual(
      [true, false, false].map((ok) => [ok, { endpoint: "/pay" }]),
    );
    expect(labelSets).toEqual([{ endpoint: "/pay" }]);
    expect(new Set(resolved).size).toBe(resolved.length);
  });

  it("with a rejected latency record no failure", () => {
    const { recorder, requests } = createRecording(() => 0);
    const failures: string[] = [];
    const strict: Recorder = {
      ...recorder,
      histogram: (metric, labels) => ({
        ...recorder.histogram(metric, labels),
        record: () => false,
      }),
      failure: (_at, reason) => void failures.push(reason),
    };
    new ServiceRecorder(strict).request(1, Number.NaN, false, "connection refused");
    expect(requests).toEqual([]);
    expect(failures).toEqual([]);
  });
});

describe("health checks", () => {
  it("are counted with their result and as a sign of life", () => {
    const { recorder, checks } = createRecording(() => 0);
    const signs: (readonly [name: string, event: string, at: number])[] = [];
    const service = new ServiceRecorder({
      ...recorder,
      lifeSign: (name) => ({
        seen: (at) => void signs.push([name, "seen", at]),
        missed: (at) => void signs.push([name, "missed", at]),
      }),
    });
    expect(signs).toEqual([]);
    service.check(1, true);
    service.check(2, false, "not ready");
    service.check(3, false);
    expect(checks).toEqual([
      { at: 1, pass: true, reason: undefined },
      { at: 2, pass: false, reason: "not ready" },
      { at: 3, pass: false, reason: "check failed" },
    ]);
    expect(signs).toEqual([
      [PASSING_CHECK, "seen", 1],
      [PASSING_CHECK, "missed", 2],
      [PASSING_CHECK, "missed", 3],
    ]);
  });
});

it("create no series for a source without checks and gauges", () => {
  const { service, resolved, gauges } = start();
  const forRequests = resolved.length;
  service.request(1, 20, true);
  service.heartbeat(1);
  expect(resolved).toHaveLength(forRequests);
  service.check(1, true);
  service.cpu(1, 40);
  service.memory(1, 50);
  expect(resolved.length).toBeGreaterThan(forRequests);
  expect(gauges.map(({ name, value }) => [name, value])).toEqual([
    ["cpu", 40],
    ["memory", 50],
  ]);
});
