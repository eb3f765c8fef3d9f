import { describe, expect, it, onTestFinished } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { type CpuTimes, type HostReader, machine, parseMeminfo } from "../../src/sources/host/reader.ts";
import { createHostSource } from "../../src/sources/host.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { createRecording } from "./recording.ts";

/** A machine whose readings return these CPU counters in order. */
function scripted(times: readonly CpuTimes[], broken: { yes: boolean } = { yes: false }) {
  let reading = 0;
  let watching = 0;
  const reader: HostReader = {
    cpuTimes: () => {
      if (broken.yes) throw new Error("no /proc");
      return times[Math.min(reading++, times.length - 1)]!;
    },
    memory: () => ({ total: 8_000, available: 2_000 }),
    load: () => 1.5,
    watchLoop: () => {
      watching += 1;
      return {
        take: () => 12,
        stop: () => {
          watching -= 1;
        },
      };
    },
  };
  return { reader, watching: () => watching };
}

function open(reader: HostReader, live = true) {
  const clock = createVirtualClock();
  const record = createRecording(() => clock.now());
  const { context, problems, timers } = createFakeContext(clock, { live });
  const kind = createHostSource(reader);
  const source = kind.open([watchedBy(kind, "me", {}, record.recorder)], context);
  onTestFinished(() => source.stop());
  return { record, problems, timers, source, pass: (ms: number) => clock.runUntil(clock.now() + ms) };
}

const usual = [
  ["gauge", "memory", 75],
  ["gauge", "load", 1.5],
  ["gauge", "event_loop_delay", 12],
  ["heartbeat"],
];

describe("the host source", () => {
  it("reads immediately and every second; cpu is the busy share between two readings", () => {
    const { reader } = scripted([
      { idle: 900, total: 1_000 },
      { idle: 1_650, total: 2_000 },
      { idle: 1_650, total: 3_000 },
    ]);
    const { record, pass } = open(reader);
    expect(record.entries()).toEqual(usual);
    pass(2_000);
    expect(record.entries()).toEqual([
      ...usual,
      ["gauge", "cpu", 25],
      ...usual,
      ["gauge", "cpu", 100],
      ...usual,
    ]);
    expect(record.times.at(-1)! - record.times[0]!).toBe(2_000);
  });

  it("records no cpu if the counters do not change or are reset, and none outside 0 to 100", () => {
    const { reader } = scripted([
      { idle: 100, total: 1_000 },
      { idle: 100, total: 1_000 },
      { idle: 10, total: 500 },
      { idle: 500, total: 600 },
      { idle: 400, total: 700 },
    ]);
    const { record, pass } = open(reader);
    pass(4_000);
    expect(record.entries().filter(([, name]) => name === "cpu")).toEqual([
      ["gauge", "cpu", 0],
      ["gauge", "cpu", 100],
    ]);
  });

  it("reports read failures and recovery", () => {
    const broken = { yes: true };
    const { reader } = scripted([{ idle: 1, total: 2 }], broken);
    const { record, problems, pass } = open(reader);
    expect(problems.get("me")).toBe("cannot read this machine: no /proc");
    expect(record.entries()).toEqual([]);
    broken.yes = false;
    pass(1_000);
    expect(problems.get("me")).toBeUndefined();
    expect(record.entries()).toEqual(usual);
  });

  it("ends with stop", () => {
    const { reader, watching } = scripted([{ idle: 1, total: 2 }]);
    const { record, source, timers, pass } = open(reader);
    expect(watching()).toBe(1);
    source.stop();
    pass(10_000);
    expect(record.entries()).toEqual(usual);
    expect(watching()).toBe(0);
    expect(timers()).toBe(0);
  });

  it("does nothing on a virtual clock", () => {
    const { reader, watching } = scripted([{ idle: 1, total: 2 }]);
    const { record, pass } = open(reader, false);
    pass(10_000);
    expect(record.entries()).toEqual([]);
    expect(watching()).toBe(0);
  });
});

describe("/proc/meminfo", () => {
  const text = "MemTotal:       24684092 kB\nMemFree:        1000 kB\nMemAvailable:   24297576 kB\n";

  it("gives the memory available to programs", () => {
    expect(parseMeminfo(text)).toEqual({ total: 24_684_092 * 1024, available: 24_297_576 * 1024 });
  });

  it("gives undefined without the values", () => {
    expect(parseMeminfo("")).toBeUndefined();
    expect(parseMeminfo("MemTotal: 10 kB\n")).toBeUndefined();
  });
});

it("reads this machine", () => {
  const { idle, total } = machine.cpuTimes();
  expect(idle).toBeGreaterThan(0);
  expect(total).toBeGreaterThan(idle);
  const memory = machine.memory();
  expect(memory.available).toBeGreaterThan(0);
  expect(memory.total).toBeGreaterThan(memory.available);
  const loop = machine.watchLoop();
  expect(loop.take()).toBe(0);
  loop.stop();
});
