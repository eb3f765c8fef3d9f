import { z } from "zod";
import { duration } from "../../core/quantity.ts";
import type { ServiceReading } from "../../core/reading.ts";
import { formatDuration } from "../../core/text.ts";
import { commonOptions, holdOf } from "../rule-options.ts";
import type { RuleKind } from "../types.ts";

const schema = z.strictObject({
  missing_for: duration(0)
    .default(5_000)
    .describe("how long signs of life may be missing; never less than 3 looks of the source"),
  ...commonOptions,
});

type Options = z.output<typeof schema>;

/** A source that looks rarely must miss this many looks before silence means anything. */
const MISSED_LOOKS = 3;

/** The signs of life that a service has ever given stay away: heartbeats, passing checks, or anything at all. */
export const serviceDown: RuleKind<Options> = {
  kind: "SERVICE_DOWN",
  description: "Heartbeats or passing health checks have been missing for too long.",
  schema,
  hold: (options) => holdOf(options),
  evaluate(reading, options) {
    const limitMs = Math.max(options.missing_for, MISSED_LOOKS * reading.cadenceMs);
    const missing = signsOfLife(reading)
      .map((sign) => ({ sign, silentMs: silence(reading, sign.lastAt) }))
      .filter(({ silentMs }) => silentMs >= limitMs)
      .map(({ sign, silentMs }) => `${sign.absence} for ${formatDuration(silentMs)}`);
    if (missing.length === 0) return undefined;
    return { severity: "page", message: `${reading.service}: ${missing.join(", ")}` };
  },
};

interface SignOfLife {
  readonly absence: string;
  /** ms since the epoch */
  readonly lastAt: number | undefined;
}

/** What this service can be expected to give: only what it has given before, so that nothing is missed in vain. */
function signsOfLife(reading: ServiceReading): SignOfLife[] {
  const signs: SignOfLife[] = [];
  if (reading.lastHeartbeatAt !== undefined) {
    signs.push({ absence: "no heartbeat", lastAt: reading.lastHeartbeatAt });
  }
  if (reading.lastCheckAt !== undefined) {
    signs.push({ absence: "no passing health check", lastAt: reading.lastPassAt });
  }
  if (signs.length > 0) return signs;
  if (reading.lastSeenAt !== undefined) return [{ absence: "no data", lastAt: reading.lastSeenAt }];
  return [{ absence: "never seen, watched", lastAt: undefined }];
}

/** How long a sign has been missing, ms. Time in which nobody looked (before the start, asleep) does not count. */
function silence(reading: ServiceReading, lastAt: number | undefined): number {
  return reading.at - Math.max(lastAt ?? reading.watchedSince, reading.watchedSince);
}
