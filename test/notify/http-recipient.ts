import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: Received, nth: number) => void;

export interface HttpRecipient {
  readonly url: string;
  readonly received: readonly Received[];
  /** What it does with the next requests. */
  answer: Answer;
  /** Resolves when so many requests have arrived, all in all. */
  arrived(count: number): Promise<void>;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const status =
  (code: number, headers: Record<string, string> = {}, body = ""): Answer =>
  (response) =>
    response.writeHead(code, headers).end(body);

/** A real HTTP server on a free local port. */
export async function httpRecipient(answer: Answer = status(200), port = 0): Promise<HttpRecipient> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const idlers: (() => void)[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("error", () => {});
    request.on("end", () => {
      const one = {
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      };
      received.push(one);
      recipient.answer(response, one, received.length);
      for (const { count, resolve } of waiting) if (received.length >= count) resolve();
    });
  });
  server.on("connection", (socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.on("close", () => {
      connections -= 1;
      if (connections === 0) for (const resolve of idlers.splice(0)) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const recipient: HttpRecipient = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer,
    arrived: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    idle: () =>
      new Promise((resolve) => {
        if (connections === 0) resolve();
        else idlers.push(resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return recipient;
}
