import type { Socket } from "node:net";

/** One thing that a hostile server does with a connection. */
export type Step =
  /** Sends bytes, in parts of `size`. */
  | { readonly do: "send"; readonly bytes: string; readonly size?: number }
  /** Sends the same text until the connection is gone or `most` bytes are sent. */
  | { readonly do: "flood"; readonly text: string; readonly most?: number }
  /** Sends a text one byte at a time, `everyMs` apart. */
  | { readonly do: "drip"; readonly text: string; readonly everyMs: number }
  | { readonly do: "wait"; readonly ms: number }
  /** Closes its half of the connection; it still reads. */
  | { readonly do: "end" }
  /** Resets the connection. */
  | { readonly do: "reset" }
  | { readonly do: "destroy" }
  /** Stops reading. */
  | { readonly do: "deaf" };

/** How much an endless flood sends at most, so that a probe that does not end it shows as memory and time. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Does all steps in order; ends early when the connection is gone.
 * @param over aborted when the probe is over: from then on the server reads, to see the end of the connection
 */
export async function perform(socket: Socket, steps: readonly Step[], over: AbortSignal): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed || over.aborted) return;
    switch (step.do) {
      case "send":
        await send(socket, Buffer.from(step.bytes, "latin1"), step.size);
        break;
      case "flood":
        await flood(socket, step.text, step.most ?? MOST_BYTES);
        break;
      case "drip":
        for (const byte of Buffer.from(step.text, "latin1")) {
          if (socket.destroyed) return;
          await write(socket, Buffer.from([byte]));
          await pause(step.everyMs, socket);
        }
        break;
      case "wait":
        await pause(step.ms, socket);
        break;
      case "end":
        socket.end();
        break;
      case "reset":
        // After an end, Node destroys the socket here without an event "close".
        if (socket.writableEnded) socket.destroy();
        else socket.resetAndDestroy();
        break;
      case "destroy":
        socket.destroy();
        break;
      case "deaf":
        socket.pause();
    }
  }
}

async function send(socket: Socket, bytes: Buffer, size = bytes.length): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += Math.max(1, size)) {
    await write(socket, bytes.subarray(at, at + Math.max(1, size)));
  }
}

async function flood(socket: Socket, text: string, most: number): Promise<void> {
  const part = Buffer.from(text.repeat(Math.ceil(65_536 / text.length)), "latin1");
  for (let sent = 0; sent < most && !socket.destroyed; sent += part.length) await write(socket, part);
}

/** Resolves when the bytes are written, or the connection is gone. */
function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed || socket.writableEnded) return resolve();
    const done = () => {
      socket.off("close", done);
      resolve();
    };
    socket.once("close", done);
    socket.write(bytes, done);
  });
}

function pause(ms: number, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      socket.off("close", done);
      resolve();
    }
    socket.once("close", done);
  });
}
