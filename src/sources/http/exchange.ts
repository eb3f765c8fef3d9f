import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from "node:http";
import { createRequire } from "node:module";

/** The maximum body size, bytes. */
export const MAX_BODY_BYTES = 1024 * 1024;

const load = createRequire(import.meta.url);

/** Node's https module, loaded on demand: loading TLS takes longer than drawing the first frame. */
export function tls(): typeof import("node:https") {
  return load("node:https");
}

/** A failure with a message for the screen. */
export class ProbeFailure extends Error {}

/** One request to send. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The head of a response, and its body. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The whole body as UTF-8. Rejects if the connection breaks or the body exceeds MAX_BODY_BYTES. */
  readonly body: Promise<string>;
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
export function exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
  const { url, method, headers, body } = request;
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? tls().request : plainRequest;
    const outgoing = send(url, { method, headers: withLength(headers, body), agent: false, signal });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const text = readBody(incoming);
      // The body of a discarded response is never awaited, so handle its rejection here.
      text.catch(() => {});
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: text,
        discard: () => outgoing.destroy(),
      });
    });
    // For example, an unexpected upgrade closes the connection without an error.
    outgoing.on("close", () => reject(new ProbeFailure("connection closed without a response")));
    outgoing.end(body);
  });
}

/** Node sends no content length for the body of a GET, so servers would ignore the body. */
function withLength(headers: Readonly<Record<string, string>>, body: string | undefined) {
  return body === undefined ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) };
}

function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) incoming.destroy(new ProbeFailure("response over 1 MiB"));
      else chunks.push(chunk);
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    incoming.on("error", reject);
    incoming.on("close", () => reject(new ProbeFailure("connection closed in the middle of the response")));
  });
}
