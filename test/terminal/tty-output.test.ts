import { EventEmitter, once } from "node:events";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { type DescriptorIo, TtyOutput } from "../../src/terminal/tty-output.ts";

/** A terminal that accepts writes only on request, in parts of any size. */
function stuckTerminal() {
  const taken: string[] = [];
  let waiting: ((take: number | string) => void) | undefined;
  const answer = (bytes: Uint8Array, take: number | string) => {
    if (typeof take === "string") return Object.assign(new Error(take), { code: take });
    taken.push(Buffer.from(bytes.subarray(0, take)).toString());
    return null;
  };
  const io: DescriptorIo = {
    write: (_fd, bytes, done) => {
      waiting = (take) => {
        const error = answer(bytes, take);
        done(error, error ? 0 : Math.min(bytes.length, Number(take)));
      };
    },
    writeSync: (_fd, bytes) => {
      taken.push(Buffer.from(bytes.subarray(0, 2)).toString());
      return Math.min(2, bytes.length);
    },
  };
  const clock = createVirtualClock();
  const tty = Object.assign(new EventEmitter(), { fd: 1, columns: 80, rows: 24 });
  const output = new TtyOutput(tty, clock, io);
  return { output, tty, taken, clock, take: (what: number | string) => waiting!(what) };
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

  it("has the size of the terminal and emits resize", () => {
    const { output, tty } = stuckTerminal();
    let resized = 0;
    output.on("resize", () => {
      resized += 1;
    });
    tty.columns = 100;
    tty.emit("resize");
    expect([output.columns, output.rows, resized]).toEqual([100, 24, 1]);
  });
});
