import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOutput, isClosedByReader, streamOutput, unwritable } from "../../src/terminal/line-output.ts";

const failure = (code: string) => Object.assign(new Error(code), { code });

describe("the output to a file", () => {
  it("writes everything that a disk takes in parts, or reports the error", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer({ min: 1, max: 4 })), fc.nat(50), (text, parts, space) => {
        const disk: number[] = [];
        let nth = 0;
        const output = fileOutput(1, (_fd, bytes) => {
          const length = Math.min(bytes.length, parts[nth++ % (parts.length || 1)] ?? 3, space - disk.length);
          if (length === 0) throw failure("ENOSPC");
          disk.push(...bytes.subarray(0, length));
          return length;
        });
        output.write(text);
        const whole = Buffer.from(text);
        expect(Buffer.from(disk)).toEqual(whole.subarray(0, space));
        expect(output.failure === undefined).toBe(whole.length <= space);
      }),
    );
  });

  it("tells the first error, once, and drops what follows", () => {
    let calls = 0;
    const output = fileOutput(1, () => {
      calls += 1;
      throw failure(calls === 1 ? "ENOSPC" : "EIO");
    });
    let told = 0;
    output.onFailure(() => {
      told += 1;
    });
    output.write("a");
    output.write("b");
    expect([calls, told]).toEqual([1, 1]);
    expect(unwritable(output.failure!)).toMatch(
      /^the output cannot be written: no space left on the device; /,
    );
    output.onFailure(() => {
      told += 1;
    });
    expect(told).toBe(2);
  });
});

describe("the output to a reader", () => {
  it("is flushed when the reader has taken all, or has gone", async () => {
    let take = () => {};
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        take = done;
      },
    });
    const output = streamOutput(stream);
    output.write("lines");
    expect(output.waiting).toBe(5);
    let isFlushed = false;
    const flushed = output.flushed().then(() => {
      isFlushed = true;
    });
    await new Promise(setImmediate);
    expect(isFlushed).toBe(false);
    take();
    await new Promise(setImmediate);
    take();
    await flushed;
    stream.destroy(failure("EPIPE"));
    await new Promise(setImmediate);
    expect(isClosedByReader(output.failure!)).toBe(true);
    await output.flushed();
  });
});
