import { gzipSync } from "node:zlib";
import type { Step } from "./steps.ts";

const OK = "HTTP/1.1 200 OK\r\n";
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const send = (bytes: string, size?: number): Step => ({ do: "send", bytes, ...(size ? { size } : {}) });
const flood = (text: string): Step => ({ do: "flood", text });
const drip = (text: string, everyMs = 1): Step => ({ do: "drip", text, everyMs });
const end: Step = { do: "end" };
const reset: Step = { do: "reset" };
const hang: Step = { do: "wait", ms: 60_000 };
const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024)).toString("latin1");

/** Whether a probe of it may succeed. */
type Expected = "passes" | "fails" | "either";

/** What a hostile server does once the request has arrived, and what the probe may report. */
export const KINDS: Readonly<Record<string, readonly [Expected, ...Step[]]>> = {
  "never answers": ["fails", hang],
  "never reads": ["fails", { do: "deaf" }, hang],
  "closes at once": ["fails", end],
  "is destroyed at once": ["fails", { do: "destroy" }],
  "resets at once": ["fails", reset],
  "resets after a part of the status line": ["fails", send("HTTP/1."), reset],
  "resets after the status line": ["fails", send(OK), reset],
  "resets in the headers": ["fails", send(`${OK}Content-Le`), reset],
  "resets after the head": ["fails", send(`${OK}Content-Length: 5\r\n\r\n`), reset],
  "resets in the body": ["fails", send(`${OK}Content-Length: 5\r\n\r\nab`), { do: "wait", ms: 5 }, reset],
  "resets in a chunk": ["fails", send(`${CHUNKED}5\r\nab`), { do: "wait", ms: 5 }, reset],
  "half-closes before an answer": ["fails", end, hang],
  "half-closes in the body": ["fails", send(`${OK}Content-Length: 5\r\n\r\nab`), end, hang],
  "half-closes after a whole answer": ["passes", send(`${OK}Content-Length: 2\r\n\r\nok`), end, hang],
  "stays open after a whole answer": ["passes", send(`${OK}Content-Length: 2\r\n\r\nok`), hang],
  "answers with HTTP/1.0 and closes": ["passes", send("HTTP/1.0 200 OK\r\n\r\nok"), end],
  "answers with HTTP/1.0 and stays open": ["fails", send("HTTP/1.0 200 OK\r\n\r\nok"), hang],
  "answers with HTTP/1.0 and keep-alive": [
    "passes",
    send("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"),
    hang,
  ],
  "answers with HTTP/0.9": ["fails", send("<html>hello</html>"), end],
  "answers with HTTP/2": ["fails", send("\x00\x00\x12\x04\x00\x00\x00\x00\x00"), hang],
  "answers with HTTP/9.9": ["either", send("HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"), end],
  "sends garbage": ["fails", send("\x00\xff\x80garbage\r\n\r\n"), end],
  "floods garbage": ["fails", flood("\x00\xff\x80")],
  "floods line ends": ["fails", flood("\r\n")],
  "floods NUL": ["fails", flood("\x00")],
  "talks SSH": ["fails", send("SSH-2.0-OpenSSH_9.6\r\n"), hang],
  "talks SMTP": ["fails", send("220 mail ESMTP\r\n"), hang],
  "talks TLS": ["fails", send("\x15\x03\x01\x00\x02\x02\x46"), end],
  "has a status below 100": ["fails", send("HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n"), end],
  "has a status of 999": ["fails", send("HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n"), end],
  "has a status with letters": ["fails", send("HTTP/1.1 2OO OK\r\n\r\n"), end],
  "has a status of ten digits": ["fails", send("HTTP/1.1 2000000000 OK\r\n\r\n"), end],
  "has an endless status line": ["fails", send("HTTP/1.1 200 "), flood("x")],
  "has an endless header": ["fails", send(`${OK}X: `), flood("x")],
  "has endless headers": ["fails", send(OK), flood("X-A: b\r\n")],
  "has endless empty headers": ["fails", send(OK), flood("a:\r\n")],
  "has endless folded headers": ["fails", send(`${OK}X: a\r\n`), flood(" b\r\n")],
  "has headers with control characters": ["fails", send(`${OK}X: \x00\x1b[31m\r\n\r\n`), end],
  "drips its headers": ["fails", drip(`${OK}X-Slow: ${"x".repeat(60_000)}`)],
  "drips its body": ["fails", send(`${OK}Content-Length: 60000\r\n\r\n`), drip("x".repeat(60_000))],
  "drips chunks": ["fails", send(CHUNKED), drip("1\r\nx\r\n".repeat(20_000))],
  "has an endless body": ["fails", send(`${OK}\r\n`), flood("x")],
  "has an endless chunked body": ["fails", send(CHUNKED), flood(`8000\r\n${"x".repeat(0x8000)}\r\n`)],
  "has one-byte chunks": ["fails", send(CHUNKED), flood("1\r\nx\r\n")],
  "has chunk extensions": ["fails", send(CHUNKED), flood(`1;${"e".repeat(500)}\r\nx\r\n`)],
  "has an endless chunk extension": ["fails", send(`${CHUNKED}1;`), flood("e")],
  "has endless trailers": ["fails", send(`${CHUNKED}0\r\n`), flood("X-T: y\r\n")],
  "has a chunk size that overflows": ["fails", send(`${CHUNKED}ffffffffffffffffff\r\nx`), hang],
  "has a negative chunk size": ["fails", send(`${CHUNKED}-1\r\nx\r\n`), hang],
  "has a chunk size that is no number": ["fails", send(`${CHUNKED}zz\r\nx\r\n`), hang],
  "has a chunk without its end": ["fails", send(`${CHUNKED}2\r\nokXX0\r\n\r\n`), hang],
  "announces a huge body": ["fails", send(`${OK}Content-Length: 99999999999999\r\n\r\n`), flood("x")],
  "announces a body beyond 64 bits": ["fails", send(`${OK}Content-Length: ${"9".repeat(40)}\r\n\r\n`), hang],
  "announces a negative body": ["fails", send(`${OK}Content-Length: -5\r\n\r\nhello`), hang],
  "announces two lengths": ["fails", send(`${OK}Content-Length: 2\r\nContent-Length: 9\r\n\r\nok`), hang],
  "announces length and chunks": [
    "fails",
    send(`${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`),
    hang,
  ],
  "sends more than announced": ["either", send(`${OK}Content-Length: 2\r\n\r\nok and more`), end],
  "floods more than announced": ["either", send(`${OK}Content-Length: 2\r\n\r\nok`), flood("more")],
  "answers twice": ["either", send(`${OK}Content-Length: 2\r\n\r\nok`.repeat(2)), end],
  "floods answers": ["either", flood(`${OK}Content-Length: 2\r\n\r\nok`)],
  "floods 100": ["fails", flood("HTTP/1.1 100 Continue\r\n\r\n")],
  "floods 102": ["fails", flood("HTTP/1.1 102 Processing\r\n\r\n")],
  "floods 103 with headers": [
    "fails",
    flood(`HTTP/1.1 103 Early Hints\r\nLink: ${"l".repeat(9_000)}\r\n\r\n`),
  ],
  "upgrades unasked": [
    "fails",
    send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    hang,
  ],
  "upgrades and floods": [
    "fails",
    send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    flood("x"),
  ],
  "says 204 with a body": ["either", send("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), end],
  "says 304 with a body": ["either", send("HTTP/1.1 304 Not Modified\r\n\r\nhello"), end],
  "redirects to itself": ["fails", send("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), end],
  "redirects to itself with a flood": [
    "fails",
    send("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"),
    flood("x"),
  ],
  "redirects to a file": ["fails", send("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"), end],
  "redirects to control characters": [
    "fails",
    send("HTTP/1.1 302 Found\r\nLocation: x://\x9b31m\u00ad\r\n\r\n"),
    end,
  ],
  "redirects to an endless address": ["fails", send("HTTP/1.1 302 Found\r\nLocation: "), flood("/a")],
  "redirects to a closed port": [
    "fails",
    send("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n"),
    end,
  ],
  "sends a compressed bomb": [
    "passes",
    send(`${OK}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n${bomb}`),
    end,
  ],
  "claims a compression it has not": [
    "passes",
    send(`${OK}Content-Encoding: br\r\nContent-Length: 2\r\n\r\nok`),
    end,
  ],
  "sends a status text with control characters": ["either", send("HTTP/1.1 500 \x1b[2J\x07\r\n\r\n"), end],
};
