import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import type { Clock } from "../core/clock.ts";
import { DAY_MS } from "../core/quantity.ts";
import { plainError } from "../net/errors.ts";
import { createNameLookup } from "../net/lookup.ts";
import { tls } from "../net/tls.ts";
import type { SendResult } from "./types.ts";

/** Of an error, this much of the body is read and quoted, bytes, within this time, ms. `openChannel` shortens it. */
const MAX_BODY_BYTES = 4_096;
const BODY_MS = 1_000;
/** Usual are none or one. */
const MAX_INTERIM = 16;

/** Statuses under 500 that another attempt can change: timeout, too early, too many requests. */
const WORTH_A_RETRY = new Set([408, 425, 429]);

export interface Post {
  /** http or https; with a user and a password for basic authentication. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentType?: string;
}

/**
 * Sends one POST on a connection of its own. A status 2xx is success, whatever follows it. Redirects are not followed,
 * since a token must not reach another host. Never rejects.
 */
export async function post(
  { url, headers, body, contentType }: Post,
  signal: AbortSignal,
  clock: Clock,
): Promise<SendResult> {
  let outgoing: ClientRequest | undefined;
  try {
    const target = new URL(url);
    const send = target.protocol === "https:" ? tls().request : plainRequest;
    const { lookup } = createNameLookup(signal);
    outgoing = send(target, {
      method: "POST",
      agent: false,
      signal,
      lookup,
      headers: {
        "user-agent": "faultline",
        accept: "*/*",
        "content-type": contentType ?? "application/json",
        "content-length": Buffer.byteLength(body),
        ...headers,
      },
    });
    const incoming = await responseOf(outgoing, body);
    return await resultOf(incoming, target, clock);
  } catch (error) {
    return connectionProblem(error);
  } finally {
    outgoing?.destroy();
  }
}

/** A problem of the connection, which may pass, or of the request itself, which will not. */
export function connectionProblem(error: unknown): SendResult & { readonly ok: false } {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isRequest = code.startsWith("ERR_INVALID") || code === "ERR_UNESCAPED_CHARACTERS";
  // The message can quote the value.
  const problem = isRequest
    ? "the URL or a header contains characters that HTTP does not allow"
    : plainError(error);
  return { ok: false, problem, retry: !isRequest };
}

function responseOf(outgoing: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let interim = 0;
    outgoing.on("information", () => {
      interim += 1;
      if (interim > MAX_INTERIM)
        outgoing.destroy(new Error(`more than ${MAX_INTERIM} interim responses (1xx)`));
    });
    outgoing.on("response", (incoming) => {
      // It may end in any way when enough of it was read.
      incoming.on("error", () => {});
      resolve(incoming);
    });
    outgoing.on("error", reject);
    outgoing.on("close", () => reject(new Error("connection closed without a response")));
    outgoing.end(body);
  });
}

async function resultOf(incoming: IncomingMessage, target: URL, clock: Clock): Promise<SendResult> {
  const status = incoming.statusCode ?? 0;
  if (status >= 200 && status < 300) return { ok: true };
  const { location } = incoming.headers;
  if (status >= 300 && status < 400) {
    const known = location !== undefined && URL.canParse(location, target.href);
    const to = known ? ` to ${new URL(location, target).origin}` : "";
    return { ok: false, problem: `HTTP ${status}: redirects${to}; configure the final URL`, retry: false };
  }
  const quote = (await bodyOf(incoming, clock)).replace(/\s+/g, " ").trim();
  const retryAfterMs = retryAfter(incoming.headers["retry-after"], clock.now());
  return {
    ok: false,
    problem: `HTTP ${status}${quote === "" ? "" : `: ${quote}`}`,
    retry: status >= 500 || WORTH_A_RETRY.has(status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** The beginning of a body; what arrives of it in time. */
function bodyOf(incoming: IncomingMessage, clock: Clock): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const end = () => {
      cancel();
      const text = Buffer.concat(parts).subarray(0, MAX_BODY_BYTES).toString();
      // The last word may be the first half of a secret, which nobody would recognise.
      resolve(incoming.complete && bytes <= MAX_BODY_BYTES ? text : text.replace(/\S*$/, ""));
    };
    const cancel = clock.after(BODY_MS, end);
    incoming.on("data", (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes >= MAX_BODY_BYTES) end();
    });
    incoming.on("end", end);
    incoming.on("close", end);
  });
}

/** The header Retry-After in seconds or as a date (RFC 9110, 10.2.3), as ms from now, at most a day. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : /[A-Za-z]/.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), DAY_MS);
}
