import type { Clock } from "../../core/clock.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import { localTrouble, plainError } from "./errors.ts";
import { exchange, type HttpRequest, type HttpResponse, ProbeFailure } from "./exchange.ts";
import type { HttpOptions } from "./options.ts";
import { MAX_REDIRECTS, redirected } from "./redirect.ts";
import { statusMatches, statusRanges, statusText } from "./status.ts";

/** The result of one probe. */
export interface ProbeResult {
  /** From the first step (name lookup) to the last byte that was needed, ms. */
  readonly latencyMs: number;
  /** True when any HTTP response arrived, also an unexpected one. */
  readonly responded: boolean;
  /** Why the probe failed, ready for the screen; undefined when it succeeded. */
  readonly failure: string | undefined;
  /** A problem of this machine that prevented the probe: it says nothing about the service. */
  readonly localTrouble: string | undefined;
}

/** A probe under way. */
export interface Probe {
  /** Never rejects. */
  readonly result: Promise<ProbeResult>;
  /** Ends it at once and frees its connection. */
  abort(): void;
}

/** Headers sent unless the config sets them. No compression: the body is searched as it arrives. */
const USUAL_HEADERS = { "user-agent": "faultline", accept: "*/*", "accept-encoding": "identity" };

/** Requests the target once and compares the response with the expected one. */
export function startProbe(options: HttpOptions, clock: Clock): Probe {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new ProbeFailure(`timeout after ${exactDuration(options.timeout)}`);
  const cancelTimeout = clock.after(options.timeout, () => controller.abort(late));

  async function run(): Promise<ProbeResult> {
    // A latency of a real service is measured with the machine's own clock, whatever Clock runs the timers.
    const startedAt = performance.now();
    let responded = false;
    let error: unknown;
    let response: HttpResponse | undefined;
    try {
      response = await follow(firstRequest(options), options.follow_redirects, signal, () => {
        responded = true;
      });
      await expectAll(response, options);
    } catch (thrown) {
      error = signal.aborted ? signal.reason : thrown;
    } finally {
      cancelTimeout();
      response?.discard();
    }
    const latencyMs = performance.now() - startedAt;
    const failure = error === undefined ? undefined : plainError(error);
    return { latencyMs, responded, failure, localTrouble: localTrouble(error) };
  }

  return { result: run(), abort: () => controller.abort(new ProbeFailure("stopped")) };
}

function firstRequest(options: HttpOptions): HttpRequest {
  const { url, method, headers, body } = options;
  return { url: new URL(url), method, headers: { ...USUAL_HEADERS, ...lowerCased(headers) }, body };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function follow(
  first: HttpRequest,
  followRedirects: boolean,
  signal: AbortSignal,
  onResponse: () => void,
): Promise<HttpResponse> {
  let request = first;
  for (let hops = 0; ; hops += 1) {
    const response = await exchange(request, signal);
    onResponse();
    if (!followRedirects) return response;
    let next: HttpRequest | undefined;
    try {
      next = redirected(request, response.status, response.headers.location);
      if (next && hops === MAX_REDIRECTS) throw new ProbeFailure(`more than ${MAX_REDIRECTS} redirects`);
    } catch (error) {
      response.discard();
      throw error;
    }
    if (next === undefined) return response;
    response.discard();
    request = next;
  }
}

async function expectAll(response: HttpResponse, options: HttpOptions): Promise<void> {
  const { expected_status: expected, expected_body: wanted } = options;
  if (!statusMatches(response.status, statusRanges(expected))) {
    throw new ProbeFailure(`status ${response.status}, expected ${statusText(expected)}`);
  }
  const body = await response.body;
  if (wanted !== undefined && !body.includes(wanted)) {
    throw new ProbeFailure(`body lacks ${JSON.stringify(wanted)}`);
  }
}

/** As written in a config, never rounded: 2s, 1,500ms. */
function exactDuration(ms: number): string {
  return ms % 1000 === 0 ? formatDuration(ms) : `${formatCount(ms)}ms`;
}
