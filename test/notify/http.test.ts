import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { post, retryAfter } from "../../src/notify/http.ts";
import { type HttpRecipient, httpRecipient, status } from "./http-recipient.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const never = new AbortController().signal;

let server: HttpRecipient;
beforeEach(async () => {
  server = await httpRecipient();
});
afterEach(() => server.close());

const posted = (url = server.url, clock = createVirtualClock(NOW)) => post({ url, body: "{}" }, never, clock);

it("knows of every status whether it is worth a retry", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 200, max: 599 }), async (code) => {
      server.answer = status(code);
      const result = await posted();
      const isWorth = code >= 500 || code === 408 || code === 425 || code === 429;
      expect(result).toMatchObject(code < 300 ? { ok: true } : { ok: false, retry: isWorth });
    }),
  );
});

it("waits as long as it is asked to, in seconds or until a date", async () => {
  server.answer = status(429, { "retry-after": "120" });
  expect(await posted()).toMatchObject({ retry: true, retryAfterMs: 120_000 });
  server.answer = status(503, { "retry-after": new Date(NOW + 90_000).toUTCString() });
  expect(await posted()).toMatchObject({ retry: true, retryAfterMs: 90_000 });
});

it.each([
  [undefined, undefined],
  ["", undefined],
  ["soon", undefined],
  ["-5", undefined],
  ["1.5", undefined],
  ["0", 0],
  [" 7 ", 7_000],
  ["99999999999999999999", 86_400_000],
  ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
  ["Sun, 01 Mar 2026 12:00:01 GMT", 1_000],
  ["Sun, 01 Mar 2099 12:00:00 GMT", 86_400_000],
])("reads Retry-After %j as %j", (header, expected) => {
  expect(retryAfter(header, NOW)).toBe(expected);
});

it("follows no redirect, since the other host would get the token", async () => {
  const other = await httpRecipient();
  for (const code of [301, 302, 303, 307, 308]) {
    server.answer = status(code, { location: `${other.url}/secret-path` });
    const result = await posted();
    expect(result).toMatchObject({ ok: false, retry: false, problem: expect.stringContaining(other.url) });
    expect(JSON.stringify(result)).not.toContain("secret-path");
  }
  expect(other.received).toEqual([]);
  await other.close();
});

it("is done with the status: a body that never ends, and one that breaks, are no failure", async () => {
  for (const end of [() => {}, (socket: { destroy(): void } | null) => socket?.destroy()]) {
    server.answer = (response) => {
      response.writeHead(200, { "content-length": "1000" }).write("o", () => end(response.socket));
    };
    expect(await posted()).toEqual({ ok: true });
  }
  await server.idle();
});

it("quotes the beginning of an error, however long its body is and however slowly it comes", async () => {
  server.answer = (response) => {
    response.writeHead(500);
    const more = () => {
      if (!response.destroyed) response.write("invalid payload ".repeat(4_096), () => setImmediate(more));
    };
    more();
  };
  const result = await posted();
  expect(result).toMatchObject({ ok: false, problem: expect.stringContaining("HTTP 500: invalid payload") });
  expect(JSON.stringify(result).length).toBeLessThan(5_000);
  await server.idle();

  const clock = createVirtualClock(NOW);
  const came = server.arrived(2);
  server.answer = (response) => response.writeHead(400).write("half a ");
  const slow = posted(server.url, clock);
  await came;
  let done = false;
  void slow.then(() => {
    done = true;
  });
  while (!done) {
    clock.runUntil(clock.now() + 1);
    await new Promise(setImmediate);
  }
  expect(await slow).toMatchObject({ ok: false, retry: false, problem: expect.stringContaining("HTTP 400") });
});

it("quotes no half of a word, which can be half of a secret, where it stops to read", async () => {
  for (const length of [4_000, 4_090, 4_095, 4_096]) {
    server.answer = status(400, {}, `${"ab ".repeat(2_000).slice(0, length - 1)} ${"W".repeat(200)}`);
    expect(JSON.stringify(await posted())).not.toContain("W");
  }
  server.answer = status(400, {}, "short Word");
  expect(await posted()).toMatchObject({ problem: "HTTP 400: short Word" });
});

it("says of a server that is gone what is wrong with it, and delivers when it is back", async () => {
  const { url } = server;
  await server.close();
  expect(await posted(url)).toEqual({ ok: false, retry: true, problem: "connection refused" });
  server = await httpRecipient(status(200), Number(new URL(url).port));
  expect(await posted(url)).toEqual({ ok: true });
});

it("does not quote a header that HTTP does not allow", async () => {
  const headers = { authorization: "Bearer abc\ndef" };
  const result = await post({ url: server.url, body: "", headers }, never, createVirtualClock());
  expect(result).toMatchObject({ ok: false, retry: false });
  expect(JSON.stringify(result)).not.toContain("abc");
  expect(server.received).toEqual([]);
});
