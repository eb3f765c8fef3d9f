import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LOG_LEVELS, Log, type LogRecord } from "../../src/core/log.ts";

const levels = fc.constantFrom(...LOG_LEVELS);

describe("the log", () => {
  it("records nothing below its level, and counts the rest", () => {
    fc.assert(
      fc.property(levels, fc.array(levels, { maxLength: 50 }), (least, written) => {
        const log = new Log(() => 7, least);
        for (const level of written) log.logger("test").log(level, level);
        const kept = written.filter((level) => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least));
        expect(log.tail().map(({ event }) => event)).toEqual(kept.toReversed());
        for (const level of LOG_LEVELS)
          expect(log.counts()[level]).toBe(kept.filter((each) => each === level).length);
      }),
    );
  });

  it("adds bound fields to every record; those of the record win", () => {
    const log = new Log(() => 7, "info");
    const bound = log.logger("notify").bind({ channel: "ops", entity: "a" });
    bound.log("warn", "failed", { entity: "b" });
    expect(log.tail()[0]).toEqual({
      id: 1,
      at: 7,
      level: "warn",
      component: "notify",
      event: "failed",
      fields: { channel: "ops", entity: "b" },
    });
  });

  it("sends a sink what came before it, in order, and nothing twice", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (before, after) => {
        const log = new Log(() => 7, "info");
        const seen: LogRecord[] = [];
        for (let nth = 0; nth < before; nth++) log.logger("test").log("info", "early");
        const detach = log.attach((record) => seen.push(record));
        for (let nth = 0; nth < after; nth++) log.logger("test").log("info", "late");
        detach();
        log.logger("test").log("info", "too late");
        expect(seen.map(({ id }) => id)).toEqual(Array.from({ length: before + after }, (_, nth) => nth + 1));
      }),
    );
  });

  it("keeps the newest in bounded memory, and counts all", () => {
    const log = new Log(() => 7, "info");
    for (let nth = 1; nth <= 5_000; nth++) log.logger("test").log("info", `${nth}`);
    expect(log.counts().info).toBe(5_000);
    expect(log.tail()[0]!.event).toBe("5000");
    expect(log.tail().length).toBeLessThan(1_000);
  });
});
