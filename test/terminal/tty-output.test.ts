import { EventEmitter, once } from "node:events";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { DescriptorIo } from "../../src/terminal/tty-descriptor.ts";
import { TtyOutput } from "../../src/terminal/tty-output.ts";

/** A terminal that accepts writes only on request, in parts of any size. */
function stuckTerminal({ canBlock = false } = {}) {
  const taken: string[] = [];
  let waiting: ((take: number | string) => void) | undefined;
  let acceptsNow = Number.POSITIVE_INFINITY;
  let sleptMs = 0;
  const answer = (bytes: Uint8Array, take: number | string) => {
    if (typeof take === "string") return Object.assign(new Error(take), { code: take });
    taken.push(Buffer.from(bytes.subarray(0, take)).toString());
    return null;
  };
  let failing = { code: "", times: 0 };
  const writeNow = (bytes: Uint8Array) => {
    if (failing.times-- > 0) throw Object.assign(new Error(failing.code), { code: failing.code });
    const length = Math.min(2, bytes.length, acceptsNow);
    if (length === 0) throw Object.assign(new Error("EAGAIN"), { code: "EAGAIN" });
    acceptsNow -= length;
    taken.push(Buffer.from(bytes.subarray(0, length)).toString());
    return length;
  };
  const io: DescriptorIo = {
    write: (bytes, done) => {
      waiting = (take) => {
        const error = answer(bytes, take);
        done(error, error ? 0 : Math.min(bytes.length, Number(take)));
      };
    },
    writeNow: canBlock ? undefined : writeNow,
    sleep: (ms) => {
      sleptMs += ms;
    },
  };
  const clock = createVirtualClock();
  const tty = Object.assign(new EventEmitter(), { columns: 80, rows: 24 });
  const output = new TtyOutput(tty, clock, io);
  return {
    output,
    tty,
    taken,
    clock,
    take: (what: number | string) => waiting!(what),
    /** The bytes that synchronous writes can still write. */
    accept: (bytes: number) => {
      acceptsNow = bytes;
    },
    sleptMs: () => sleptMs,
    /** The next synchronous writes fail. */
    fail: (code: string, times: number) => {
      failing = { code, times };
    },
  };
}

describe("output to a terminal", () => {
  it("completes when the terminal has accepted it, in any number of pieces", () => {
    const { output, taken, take } = stuckTerminal();
    let isDone = false;
    expect(
      output.write("frame", () => {
        isDone = true;
      }),
    ).toBe(false);
    expect(output.writableNeedDrain).toBe(true);
    take(3);
    expect(isDone).toBe(false);
    take(2);
    expect(taken.join("")).toBe("frame");
    expect(output.writableNeedDrain).toBe(false);
  });

  it("retries after EAGAIN", () => {
    const { output, taken, take, clock } = stuckTerminal();
    output.write("frame");
    take("EAGAIN");
    expect(taken).toEqual([]);
    clock.runUntil(clock.now() + 5);
    take(5);
    expect(taken).toEqual(["frame"]);
  });

  it("fails when the terminal is closed", async () => {
    const { output, take } = stuckTerminal();
    const failed = once(output, "error");
    output.write("frame");
    take("EIO");
    expect((await failed)[0]).toMatchObject({ code: "EIO" });
  });

  it("can write synchronously", () => {
    const { output, taken } = stuckTerminal();
    output.writeSync("leave");
    expect(taken).toEqual(["le", "av", "e"]);
  });

  it("gives up a synchronous write within a quarter of a second", () => {
    const { output, taken, accept, sleptMs } = stuckTerminal();
    accept(3);
    output.writeSync("leave");
    expect(taken.join("")).toBe("lea");
    expect(sleptMs()).toBeGreaterThan(100);
    expect(sleptMs()).toBeLessThanOrEqual(250);
  });

  it("tries a synchronous write again after an error, and throws what remains", () => {
    const { output, taken, fail } = stuckTerminal();
    fail("EIO", 2);
    output.writeSync("leave");
    expect(taken.join("")).toBe("leave");
    fail("EIO", 1_000);
    expect(() => output.writeSync("leave")).toThrow("EIO");
  });

  it("drops the rest of an update that was cut short by a synchronous write", () => {
    const { output, taken, take, clock } = stuckTerminal();
    let isDone = false;
    output.write("frame", () => {
      isDone = true;
    });
    take(2);
    take("EAGAIN");
    output.writeSync("leave");
    clock.runUntil(clock.now() + 1_000);
    expect(taken.join("")).toBe("frleave");
    expect(isDone).toBe(true);
  });

  it("waits ever longer for a terminal that takes nothing", () => {
    const { output, take, clock } = stuckTerminal();
    output.write("frame");
    let tries = 0;
    const begin = clock.now();
    for (; clock.now() < begin + 10_000; tries++) {
      take("EAGAIN");
      clock.runUntil(clock.now() + 80);
    }
    expect(tries).toBeLessThan(130);
  });

  it("leaves the last write to a thread where it could block", () => {
    const { output, taken, take, sleptMs } = stuckTerminal({ canBlock: true });
    output.writeSync("leave");
    expect(sleptMs()).toBeLessThanOrEqual(250);
    take(5);
    expect(taken).toEqual(["leave"]);
  });

  it("has the size of the terminal, and emits resize once for all that arrive together", () => {
    const { output, tty, clock } = stuckTerminal();
    let resized = 0;
    output.on("resize", () => {
      resized += 1;
    });
    for (tty.columns = 81; tty.columns < 100; tty.columns++) tty.emit("resize");
    clock.runUntil(clock.now());
    expect([output.columns, output.rows, resized]).toEqual([100, 24, 1]);
  });
});
