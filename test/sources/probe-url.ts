import { onTestFinished } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { http } from "../../src/sources/http.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { createRecording } from "./recording.ts";

/**
 * Observes one URL. The servers are real, the clock is virtual: probes start and time out exactly when the
 * test advances time. The first probe is running when this returns.
 */
export function observe(options: Record<string, unknown>) {
  const clock = createVirtualClock();
  const record = createRecording(() => clock.now());
  const { context, problems, timers } = createFakeContext(clock);
  const source = http.open([watchedBy(http, "shop", options, record.recorder)], context);
  onTestFinished(() => source.stop());
  const pass = (ms: number) => clock.runUntil(clock.now() + ms);
  pass(0);
  return { clock, record, source, problems, timers, pass };
}

/** The recorded entries of one probe with these options. */
export async function probed(options: Record<string, unknown>) {
  return observe(options).record.afterRequests(1);
}

/** The recorded entries of a successful probe, of an unexpected response, and of no response. */
export const passed = [["request", true, undefined], ["heartbeat"], ["check", true, undefined]];
export const unexpected = (reason: string) => [["request", false, reason], ["heartbeat"]];
export const unanswered = (reason: string) => [["request", false, reason]];
