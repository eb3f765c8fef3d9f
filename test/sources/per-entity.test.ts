import { describe, expect, it, onTestFinished } from "vitest";
import type { Recorder } from "../../src/core/observation.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { CpuTimes, HostReader } from "../../src/sources/host/reader.ts";
import { createHostSource } from "../../src/sources/host.ts";
import type { Probe, ProbeResult } from "../../src/sources/http/probe.ts";
import { createHttpSource } from "../../src/sources/http.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { createRecording, type Recording } from "./recording.ts";

const PASSED: ProbeResult = { latencyMs: 1, responded: true, failure: undefined, localProblem: undefined };

/** Lets all pending promises settle. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** An http source with probe results from the test; targets are named after their URLs. */
function startHttp(probe: (url: string) => Promise<ProbeResult>) {
  const clock = createVirtualClock();
  const fake = createFakeContext(clock);
  const recordings = new Map<string, Recording>();
  const begun: [url: string, at: number][] = [];
  const aborted: string[] = [];
  const startedAt = clock.now();
  const http = createHttpSource(({ url }): Probe => {
    begun.push([url, clock.now() - startedAt]);
    return { result: probe(url), abort: () => void aborted.push(url) };
  });

  function recordingOf(name: string): Recording {
    const known = recordings.get(name) ?? createRecording(() => clock.now());
    recordings.set(name, known);
    return known;
  }

  function watched(names: readonly string[], options: object = {}, wrap = (recorder: Recorder) => recorder) {
    return names.map((name) =>
      watchedBy(http, name, { url: `http://${name}/`, ...options }, wrap(recordingOf(name).recorder)),
    );
  }

  return {
    ...fake,
    clock,
    http,
    watched,
    recordingOf,
    begun,
    aborted,
    open(targets: ReturnType<typeof watched>) {
      const source = http.open(targets, fake.context);
      onTestFinished(() => source.stop());
      return source;
    },
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 250) {
        clock.runUntil(clock.now() + Math.min(250, left));
        await settled();
      }
    },
  };
}

describe("an update of targets", () => {
  it("keeps the schedule and the running probe of unchanged ones", async () => {
    const never = new Promise<ProbeResult>(() => {});
    const { open, watched, pass, begun, aborted } = startHttp((url) =>
      url.includes("hanging") ? never : Promise.resolve(PASSED),
    );
    const source = open(watched(["hanging", "kept", "changed", "removed"], { interval: "1s" }));
    await pass(2_500);
    const before = begun.length;
    source.update?.([
      ...watched(["added"], { interval: "1s" }),
      ...watched(["kept", "hanging"], { interval: "1s" }),
      ...watched(["changed"], { interval: "2s" }),
    ]);
    await pass(2_100);
    const timesOf = (name: string) =>
      begun.slice(before).flatMap(([url, at]) => (url === `http://${name}/` ? [at] : []));
    expect(timesOf("kept")).toEqual([3_020, 4_020]);
    expect(timesOf("hanging")).toEqual([]);
    expect(timesOf("removed")).toEqual([]);
    // New targets are spread again, from the instant of the update.
    expect(timesOf("added")).toEqual([2_500, 3_500, 4_500]);
    expect(timesOf("changed")).toEqual([2_520, 4_520]);
    expect(aborted).toEqual([]);
  });

  it("aborts the probes of removed and changed ones, and ignores their results", async () => {
    const pending: ((result: ProbeResult) => void)[] = [];
    const { open, watched, pass, aborted, recordingOf, timers } = startHttp(
      () => new Promise<ProbeResult>((resolve) => pending.push(resolve)),
    );
    const source = open(watched(["changed", "removed"]));
    await pass(1_000);
    source.update?.(watched(["changed"], { interval: "9s" }));
    expect(aborted.toSorted()).toEqual(["http://changed/", "http://removed/"]);
    for (const resolve of pending) resolve(PASSED);
    await settled();
    for (const name of ["changed", "removed"]) expect(recordingOf(name).entries()).toEqual([]);
    source.update?.([]);
    expect(timers()).toBe(0);
  });

  it("restarts a target with a new recorder", async () => {
    const { open, watched, pass, begun } = startHttp(() => Promise.resolve(PASSED));
    const source = open(watched(["a"], { interval: "10s" }));
    await pass(1_000);
    source.update?.(watched(["a"], { interval: "10s" }, (recorder) => ({ ...recorder })));
    await pass(1_000);
    expect(begun.map(([, at]) => at)).toEqual([0, 1_000]);
  });
});

describe("an exception in a callback", () => {
  it("of a probe that rejects is reported; the next probe runs and clears it", async () => {
    let failing = true;
    const { open, watched, pass, problems, recordingOf } = startHttp((url) =>
      failing && url === "http://a/" ? Promise.reject(new Error("no sockets")) : Promise.resolve(PASSED),
    );
    open(watched(["a", "b"], { interval: "1s" }));
    await pass(2_000);
    expect(problems.get("a")).toBe("cannot probe: no sockets");
    expect(problems.get("b")).toBeUndefined();
    expect(recordingOf("a").entries()).toEqual([]);
    expect(recordingOf("b").requests.length).toBe(2);
    failing = false;
    await pass(1_000);
    expect(problems.get("a")).toBeUndefined();
    expect(recordingOf("a").requests.length).toBe(1);
  });

  it("at the start of a probe is reported; the next probe runs", async () => {
    let failing = true;
    const { open, watched, pass, problems, recordingOf } = startHttp(() => {
      if (failing) throw new Error("no sockets");
      return Promise.resolve(PASSED);
    });
    open(watched(["a"], { interval: "1s" }));
    await pass(2_000);
    expect(problems.get("a")).toBe("cannot probe: no sockets");
    failing = false;
    await pass(1_000);
    expect(problems.get("a")).toBeUndefined();
    expect(recordingOf("a").requests.length).toBe(1);
  });

  it("of a recorder is reported, in a callback and at the start", async () => {
    const { open, watched, pass, problems } = startHttp(() => Promise.resolve(PASSED));
    const full = () => {
      throw new Error("the disk is full");
    };
    const late = (recorder: Recorder): Recorder => ({
      ...recorder,
      histogram: () => ({ record: full, recordBuckets: full }),
    });
    const early = (recorder: Recorder): Recorder => ({ ...recorder, histogram: full });
    open([...watched(["late"], {}, late), ...watched(["early"], {}, early), ...watched(["well"])]);
    await pass(1_000);
    expect(problems.get("late")).toBe("cannot probe: the disk is full");
    expect(problems.get("early")).toBe("cannot probe: the disk is full");
    expect(problems.get("well")).toBeUndefined();
  });

  it("after the stop is ignored", async () => {
    let reject: (error: Error) => void = () => {};
    const { open, watched, pass, problems } = startHttp(
      () =>
        new Promise<ProbeResult>((_, fail) => {
          reject = fail;
        }),
    );
    const source = open(watched(["a"]));
    await pass(500);
    source.stop();
    reject(new Error("stopped"));
    await settled();
    expect([...problems]).toEqual([]);
  });

  it.each<[part: string, broken: Partial<HostReader>]>([
    ["memory", { memory: () => fail() }],
    ["load", { load: () => fail() }],
    ["event loop", { watchLoop: () => fail() }],
    ["event loop delay", { watchLoop: () => ({ take: () => fail(), stop: () => {} }) }],
  ])("of the machine (%s) is reported and stops no other host", (_part, broken) => {
    const clock = createVirtualClock();
    const { context, problems } = createFakeContext(clock);
    const times: CpuTimes = { idle: 1, total: 2 };
    const reader: HostReader = {
      cpuTimes: () => times,
      memory: () => ({ total: 8_000, available: 2_000 }),
      load: () => 1,
      watchLoop: () => ({ take: () => 0, stop: () => {} }),
    };
    const host = createHostSource({ ...reader, ...broken });
    const watched = ["me", "myself"].map((name) =>
      watchedBy(host, name, {}, createRecording(() => clock.now()).recorder),
    );
    const source = host.open(watched, context);
    onTestFinished(() => source.stop());
    clock.runUntil(clock.now() + 3_000);
    for (const name of ["me", "myself"])
      expect(problems.get(name)).toBe("cannot read this machine: it is broken");
  });
});

function fail(): never {
  throw new Error("it is broken");
}

it("a host whose stop throws reports that, and the others stop", () => {
  const clock = createVirtualClock();
  const { context, problems, timers } = createFakeContext(clock);
  const host = createHostSource({
    cpuTimes: () => ({ idle: 1, total: 2 }),
    memory: () => ({ total: 8_000, available: 2_000 }),
    load: () => 1,
    watchLoop: () => ({ take: () => 0, stop: fail }),
  });
  const watched = ["me", "myself"].map((name) =>
    watchedBy(host, name, {}, createRecording(() => clock.now()).recorder),
  );
  host.open(watched, context).stop();
  expect([...problems.values()]).toEqual(Array(2).fill("cannot read this machine: it is broken"));
  expect(timers()).toBe(0);
});
