import type { Clock } from "../../core/clock.ts";
import { formatCount, formatDuration } from "../../core/text.ts";
import { localProblem, plainError } from "../../net/errors.ts";
import { createNameLookup } from "../../net/lookup.ts";
import { ProbeBudget } from "./budget.ts";
import { type ExchangeContext, exchange, type HttpRequest, type HttpResponse } from "./exchange.ts";
import { ProbeFailure } from "./failure.ts";
import type { HttpOptions } from "./options.ts";
import { MAX_REDIRECTS, redirected } from "./redirect.ts";
import { statusMatches, statusRanges, statusText } from "./status.ts";

/** The result of one probe. */
export interface ProbeResult {
  /** From the name lookup to the last required byte, ms. */
  readonly latencyMs: number;
  /** True if any HTTP response arrived, even an unexpected one. */
  readonly responded: boolean;
  /** Why the probe failed, as text for the screen; undefined if it succeeded. */
  readonly failure: string | undefined;
  /** A problem of this machine that prevented the probe; the state of the service is unknown. */
  readonly localProblem: string | undefined;
}

/** A running probe. */
export interface Probe {
  /** Never rejects. */
  readonly result: Promise<ProbeResult>;
  /** Aborts it and frees its connection. */
  abort(): void;
}

/** Headers sent unless the config sets them. No compression: the body is searched as it arrives. */
const USUAL_HEADERS = { "user-agent": "faultline", accept: "*/*", "accept-encoding": "identity" };

/**
 * Requests the target once and compares the response with the expected one.
 * @param servers name servers to ask, as `address:port`; default: those of this machine
 */
export function startProbe(options: HttpOptions, clock: Clock, servers?: readonly string[]): Probe {
  const controller = new AbortController();
  const { signal } = controller;
  const names = createNameLookup(signal, servers);
  const budget = new ProbeBudget();
  const context: ExchangeContext = {
    signal,
    lookup: names.lookup,
    budget,
    wanted: options.expected_body,
  };
  const late = new ProbeFailure(`timeout after ${exactDuration(options.timeout)}`);
  const cancelTimeout = clock.after(options.timeout, () => controller.abort(late));

  async function run(): Promise<ProbeResult> {
    // Latency of a real service is measured in real time, whatever Clock runs the timers.
    const startedAt = performance.now();
    let responded = false;
    let error: unknown;
    let response: HttpResponse | undefined;
    try {
      response = await follow(firstRequest(options), options.follow_redirects, context, () => {
        responded = true;
      });
      await expectAll(response, options);
      // A body without a length ends with its connection, also when this probe closes it.
      signal.throwIfAborted();
      if (budget.excess !== undefined) throw budget.excess;
    } catch (thrown) {
      error = signal.aborted ? withPhase(signal.reason, names.isWaiting()) : (budget.excess ?? thrown);
    } finally {
      cancelTimeout();
      response?.discard();
    }
    const latencyMs = performance.now() - startedAt;
    const failure = error === undefined ? undefined : plainError(error);
    return { latencyMs, responded, failure, localProblem: localProblem(error) };
  }

  return { result: run(), abort: () => controller.abort(new ProbeFailure("stopped")) };
}

/** The end of a probe that was still waiting for a name server says so. */
function withPhase(reason: unknown, isWaitingForName: boolean): unknown {
  if (!isWaitingForName || !(reason instanceof ProbeFailure)) return reason;
  return new ProbeFailure(`${reason.message}, no answer from the name server`);
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
  context: ExchangeContext,
  onResponse: () => void,
): Promise<HttpResponse> {
  let request = first;
  for (let hops = 0; ; hops += 1) {
    const response = await exchange(request, context);
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
  const hasWanted = await response.hasWanted;
  if (wanted !== undefined && !hasWanted) {
    throw new ProbeFailure(`body lacks ${JSON.stringify(wanted)}`);
  }
}

/** As written in a config, never rounded: 2s, 1,500ms. */
function exactDuration(ms: number): string {
  return ms % 1000 === 0 ? formatDuration(ms) : `${formatCount(ms)}ms`;
}
