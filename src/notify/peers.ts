import type { Clock } from "../core/clock.ts";
import type { SendResult } from "./types.ts";

/** Once one peer has it, the others get this long, ms: one that hangs must not fail what has arrived. */
const REST_MS = 1_000;

/**
 * Sends to all peers at once. Success if any of them has it, as for Prometheus: the others get it when it is sent again.
 * @param send one POST; never rejects
 */
export async function sendToAll(
  urls: readonly string[],
  send: (url: string, signal: AbortSignal) => Promise<SendResult>,
  signal: AbortSignal,
  clock: Clock,
): Promise<SendResult> {
  const limit = new AbortController();
  const tooLate = Promise.withResolvers<SendResult>();
  let cancelRest: (() => void) | undefined;
  const result = await Promise.all(
    urls.map(async (url) => {
      const own = send(url, AbortSignal.any([signal, limit.signal]));
      const answer = await Promise.race([own, tooLate.promise]);
      if (answer.ok) {
        cancelRest ??= clock.after(REST_MS, () =>
          tooLate.resolve({ ok: false, problem: "no answer yet", retry: true }),
        );
      }
      return answer;
    }),
  );
  cancelRest?.();
  limit.abort();
  return joined(urls, result);
}

function joined(urls: readonly string[], results: readonly SendResult[]): SendResult {
  const failed = results.flatMap((result, nth) =>
    result.ok ? [] : [{ ...result, host: new URL(urls[nth]!).host }],
  );
  const problem = failed.map((each) => `${each.host}: ${each.problem}`).join("; ");
  if (failed.length === 0) return { ok: true };
  if (failed.length < urls.length) {
    return { ok: true, note: `${failed.length} of ${urls.length} peers: ${problem}` };
  }
  const waits = failed.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return {
    ok: false,
    problem,
    retry: failed.some(({ retry }) => retry),
    ...(waits.length === 0 ? {} : { retryAfterMs: Math.min(...waits) }),
  };
}
