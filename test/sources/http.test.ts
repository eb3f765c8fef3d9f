import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { closedPort, httpServer, rawServer, tlsServer } from "./http-servers.ts";
import { observe, passed, probed, unanswered, unexpected } from "./probe-url.ts";
import { selfSigned } from "./self-signed.ts";

describe("a probe of a server that responds", () => {
  it("is a successful request, a heartbeat and a passed check, with its latency", async () => {
    const { record, clock, problems } = observe({
      url: await httpServer((_, response) => response.end("ok")),
    });
    expect(await record.afterRequests(1)).toEqual(passed);
    expect(record.times).toEqual([clock.now(), clock.now(), clock.now()]);
    expect(record.requests[0]?.latencyMs).toBeGreaterThan(0);
    expect(problems.get("shop")).toBeUndefined();
  });

  it.each([
    [200, undefined, undefined],
    [302, undefined, undefined],
    [503, undefined, "status 503, expected 200-399"],
    [404, "4xx", undefined],
    [302, "2xx", "status 302, expected 2xx"],
    [201, [200, "202-204"], "status 201, expected 200 or 202-204"],
    [203, [200, "202-204"], undefined],
  ])("with status %s where %s is expected", async (status, expected, reason) => {
    const url = await httpServer((_, response) => response.writeHead(status).end());
    const entries = await probed(expected === undefined ? { url } : { url, expected_status: expected });
    expect(entries).toEqual(reason === undefined ? passed : unexpected(reason));
  });

  it("compares the body with the expected text", async () => {
    const url = await httpServer((_, response) => response.end('{"state": "größer"}'));
    expect(await probed({ url, expected_body: "größer" })).toEqual(passed);
    expect(await probed({ url, expected_body: '"ok"' })).toEqual(unexpected('body lacks "\\"ok\\""'));
  });

  it("sends method, headers and body as configured, on a new connection", async () => {
    const seen: unknown[] = [];
    const url = await httpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method, headers } = request;
        const { "x-probe": probe, "user-agent": agent, connection } = headers;
        seen.push([method, probe, agent, connection, Buffer.concat(chunks).toString()]);
        response.end();
      });
    });
    await probed({ url, method: "POST", headers: { "X-Probe": "1", "User-Agent": "me" }, body: "größe" });
    await probed({ url, body: "with GET" });
    expect(seen).toEqual([
      ["POST", "1", "me", "close", "größe"],
      ["GET", undefined, "faultline", "close", "with GET"],
    ]);
  });

  it("reads no more than 1 MiB", async () => {
    const size = (bytes: number) => httpServer((_, response) => response.end(Buffer.alloc(bytes, "x")));
    expect(await probed({ url: await size(1024 * 1024) })).toEqual(passed);
    expect(await probed({ url: await size(1024 * 1024 + 1) })).toEqual(unexpected("response over 1 MiB"));
  });
});

describe("redirects", () => {
  const hops = () =>
    httpServer((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return response.end("there");
      return response.writeHead(302, { location: `/${left - 1}` }).end("moved");
    });

  it("are followed if configured, at most five", async () => {
    const url = await hops();
    const options = { follow_redirects: true, expected_body: "there" };
    expect(await probed({ ...options, url: `${url}/5` })).toEqual(passed);
    expect(await probed({ ...options, url: `${url}/6` })).toEqual(unexpected("more than 5 redirects"));
    expect(await probed({ url: `${url}/1`, expected_body: "moved" })).toEqual(passed);
  });

  it("are followed only to http and https, and text of the server is shown without control characters", async () => {
    const url = await httpServer((_, response) =>
      response.writeHead(302, { location: "gopher://x/\u009b31m" }).end(),
    );
    expect(await probed({ url, follow_redirects: true })).toEqual(
      unexpected('redirect to an address that is not an http or https URL: "gopher://x/ 31m"'),
    );
  });
});

describe("a probe that fails below HTTP reports why", () => {
  it("connection refused", async () => {
    const url = `http://127.0.0.1:${await closedPort()}/`;
    expect(await probed({ url })).toEqual(unanswered("connection refused"));
  });

  it("name not found", async () => {
    // A label of more than 63 characters (RFC 1035) is rejected without a name server.
    const url = `http://${"x".repeat(64)}.test/`;
    expect(await probed({ url })).toEqual(unanswered("DNS name not found"));
  });

  it.each<[reason: string, scheme: string, onConnection: (socket: Socket) => void]>([
    ["connection reset", "http", (socket) => socket.once("data", () => socket.resetAndDestroy())],
    ["connection closed without a response", "http", (socket) => socket.once("data", () => socket.end())],
    ["not an HTTP response", "http", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")],
    ["the server does not use TLS", "https", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    [
      "connection closed during the TLS handshake",
      "https",
      (socket) => socket.once("data", () => socket.end()),
    ],
  ])("%s", async (reason, scheme, onConnection) => {
    const url = `${scheme}://127.0.0.1:${await rawServer(onConnection)}/`;
    expect(await probed({ url })).toEqual(unanswered(reason));
  });

  it("a body that breaks off", async () => {
    const port = await rawServer((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")),
    );
    expect(await probed({ url: `http://127.0.0.1:${port}/` })).toEqual(
      unexpected("connection closed in the middle of the response"),
    );
  });

  it("an unexpected upgrade", async () => {
    const port = await rawServer((socket) =>
      socket.once("data", () =>
        socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
      ),
    );
    expect(await probed({ url: `http://127.0.0.1:${port}/` })).toEqual(
      unanswered("connection closed without a response"),
    );
  });

  it("a self-signed certificate", async () => {
    const url = await tlsServer(selfSigned("127.0.0.1", new Date("2020-01-01"), new Date("2049-01-01")));
    expect(await probed({ url })).toEqual(unanswered("TLS certificate is self-signed"));
  });
});
