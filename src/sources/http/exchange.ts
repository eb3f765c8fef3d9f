import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
} from "node:http";
import type { LookupFunction } from "node:net";
import { tls } from "../../net/tls.ts";
import { BodySearch } from "./body-search.ts";
import type { ProbeBudget } from "./budget.ts";
import { ProbeFailure } from "./failure.ts";

/** One request to send. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What all exchanges of one probe have in common. */
export interface ExchangeContext {
  readonly signal: AbortSignal;
  readonly budget: ProbeBudget;
  readonly lookup: LookupFunction;
  /** The text to search in the body. */
  readonly wanted: string | undefined;
}

/** The head of a response, and its body. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /**
   * Whether the whole body contains the wanted text. The body is not kept. Rejects if the connection breaks
   * or the budget is used up.
   */
  readonly hasWanted: Promise<boolean>;
  /** Closes the connection without reading the body. */
  discard(): void;
}

/**
 * Sends one request and returns the head of its response.
 *
 * Uses Node's `request` instead of `fetch`: it reports the original error code of a connection or
 * certificate, and destroying it frees the socket immediately. Every exchange opens a new connection
 * (`agent: false`): a kept-alive one would be faster than for a new client, would hide problems of DNS, TLS
 * and accept, and would report its idle close as a failure.
 *
 * @throws the error of the connection if no response arrived
 */
export function exchange(request: HttpRequest, context: ExchangeContext): Promise<HttpResponse> {
  const { url, method, headers, body } = request;
  const { signal, budget, lookup, wanted } = context;
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? tls().request : plainRequest;
    const outgoing = send(url, { method, headers: withLength(headers, body), agent: false, signal, lookup });
    outgoing.on("error", reject);
    limit(outgoing, budget);
    outgoing.on("response", (incoming) => {
      const hasWanted = readBody(incoming, budget, wanted);
      // The body of a discarded response is never awaited, so handle its rejection here.
      hasWanted.catch(() => {});
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        hasWanted,
        discard: () => outgoing.destroy(),
      });
    });
    // For example, an unexpected upgrade closes the connection without an error.
    outgoing.on("close", () => reject(new ProbeFailure("connection closed without a response")));
    outgoing.end(body);
  });
}

/** Ends an exchange that costs too much before or around its body: floods of 1xx responses, of framing. */
function limit(outgoing: ClientRequest, budget: ProbeBudget): void {
  const goOnIf = (isWithin: boolean) => {
    if (!isWithin) outgoing.destroy(budget.excess);
  };
  outgoing.on("socket", (socket) => {
    // Before the parser of HTTP sees the bytes.
    socket.prependListener("data", (bytes: Buffer) => goOnIf(budget.read(bytes.length)));
  });
  // 100, and all other 1xx.
  outgoing.on("continue", () => goOnIf(budget.interim()));
  outgoing.on("information", () => goOnIf(budget.interim()));
}

/** Node sends no content length for the body of a GET, so servers would ignore the body. */
function withLength(headers: Readonly<Record<string, string>>, body: string | undefined) {
  return body === undefined ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) };
}

function readBody(
  incoming: IncomingMessage,
  budget: ProbeBudget,
  wanted: string | undefined,
): Promise<boolean> {
  const search = wanted === undefined ? undefined : new BodySearch(wanted);
  return new Promise((resolve, reject) => {
    incoming.on("data", (part: Buffer) => {
      if (budget.body(part.length)) search?.add(part);
      else incoming.destroy(budget.excess);
    });
    incoming.on("end", () => resolve(search?.found ?? false));
    incoming.on("error", reject);
    incoming.on("close", () => reject(new ProbeFailure("connection closed in the middle of the response")));
  });
}
