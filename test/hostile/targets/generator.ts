import fc from "fast-check";
import type { Step } from "./steps.ts";

/** Parts of HTTP, whole and broken, from which hostile responses are put together. */
const STATUS = fc.oneof(
  fc.constantFrom(
    "HTTP/1.1 200 OK",
    "HTTP/1.0 200",
    "HTTP/1.1 503 X",
    "HTTP/1.1 100 Continue",
    "HTTP/1.1 204 X",
  ),
  fc.constantFrom("HTTP/1.1 302 F", "HTTP/1.1 101 U", "HTTP/1.1  200", "HTTP/2 200", "ICY 200 OK", ""),
  fc.integer({ min: 0, max: 1_099 }).map((status) => `HTTP/1.1 ${status} X`),
  fc.string({ unit: "binary-ascii", maxLength: 40 }),
);
const HEADER = fc.oneof(
  fc.constantFrom(
    "Transfer-Encoding: chunked",
    "Content-Length: 5",
    "Content-Length: 0",
    "Connection: keep-alive",
  ),
  fc.constantFrom(
    "Content-Encoding: gzip",
    "Location: /again",
    "Upgrade: h2c",
    "Content-Length: x",
    ": x",
    "x",
  ),
  fc.constantFrom(
    "Trailer: x",
    "Transfer-Encoding: chunked, chunked",
    "Transfer-Encoding: identity",
    " folded",
  ),
  fc.integer({ min: -1, max: 2 ** 40 }).map((length) => `Content-Length: ${length}`),
  fc.nat(20_000).map((length) => `X-Long: ${"x".repeat(length)}`),
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
);
const BODY = fc.oneof(
  fc.constantFrom("hello", "", "5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n", "1\r\nx\r\n", "fffffff\r\n", "\r\n"),
  fc.string({ unit: "binary-ascii", maxLength: 200 }),
  fc.nat(3_000).map((count) => "1\r\nx\r\n".repeat(count)),
);
const END_OF_LINE = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r");

const RESPONSE = fc
  .tuple(STATUS, fc.array(HEADER, { maxLength: 6 }), END_OF_LINE, BODY)
  .map(([status, headers, eol, body]) => `${[status, ...headers].join(eol)}${eol}${eol}${body}`);

const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send"),
      bytes: RESPONSE,
      size: fc.integer({ min: 1, max: 4_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait"), ms: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("flood"), text: RESPONSE.filter((text) => text !== "") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drip"), text: RESPONSE, everyMs: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>({ do: "end" }, { do: "reset" }, { do: "destroy" }, { do: "deaf" }),
  },
);

/** What a hostile server does with one connection. */
export const STEPS: fc.Arbitrary<readonly Step[]> = fc.array(STEP, { minLength: 1, maxLength: 6 });
