import type { HttpRequest } from "./exchange.ts";
import { ProbeFailure } from "./failure.ts";

/** The maximum number of redirects per probe. */
export const MAX_REDIRECTS = 5;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Headers that must not be sent to another origin. */
const PRIVATE = new Set(["authorization", "cookie", "proxy-authorization", "host"]);

/** Headers that describe a body. */
const OF_BODY = new Set(["content-type", "content-length", "content-encoding", "content-language"]);

/**
 * The request after a redirect, by the rules of browsers (https://fetch.spec.whatwg.org, "HTTP-redirect
 * fetch"): 303 changes all methods but HEAD to GET, 301 and 302 change POST to GET, 307 and 308 keep the
 * request. Credentials are not sent to another origin. Undefined if the response is not a redirect.
 * @throws ProbeFailure if the address cannot be requested
 */
export function redirected(
  request: HttpRequest,
  status: number,
  location: string | undefined,
): HttpRequest | undefined {
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const url = URL.canParse(location, request.url.href) ? new URL(location, request.url) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new ProbeFailure(`redirect to an address that is not an http or https URL: "${location}"`);
  }
  const { method } = request;
  const becomesGet = (status === 303 && method !== "HEAD") || (status < 303 && method === "POST");
  const sameOrigin = url.origin === request.url.origin;
  const keeps = (name: string) =>
    (sameOrigin || !PRIVATE.has(name.toLowerCase())) && !(becomesGet && OF_BODY.has(name.toLowerCase()));
  return {
    url,
    method: becomesGet ? "GET" : method,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => keeps(name))),
    body: becomesGet ? undefined : request.body,
  };
}
