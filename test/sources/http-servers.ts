import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createNetServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/**
 * Starts listening on a free port; returns the port. The server and its connections are closed after the
 * test.
 */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    // The other side can reset while this one still writes.
    socket.on("error", () => {});
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** An HTTP server; returns its URL. */
export async function httpServer(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(answer))}`;
}

/** An HTTPS server with that certificate; returns its URL. */
export async function tlsServer(identity: { key: string; cert: string }): Promise<string> {
  const server = createTlsServer(identity, (_request, response) => void response.end("ok"));
  return `https://127.0.0.1:${await listen(server)}`;
}

/** A TCP server with this connection handler; returns its port. */
export function rawServer(onConnection: (socket: Socket) => void): Promise<number> {
  return listen(createNetServer(onConnection));
}

/** A port without a listener. */
export async function closedPort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
