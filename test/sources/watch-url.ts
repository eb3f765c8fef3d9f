import { onTestFinished } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { http } from "../../src/sources/http.ts";
import { createContext } from "./context.ts";
import { createRecord } from "./record-of.ts";

/**
 * Watches one URL. The servers are real, the clock is virtual: probes begin, and time out, exactly when the
 * test lets time pass. The first probe is under way when this returns.
 */
export function watch(options: Record<string, unknown>) {
  const clock = createVirtualClock();
  const record = createRecord();
  const { context, problems, timers } = createContext(clock);
  const watched = { service: "shop", options: http.schema.parse(options), recorder: record };
  const source = http.open([watched], context);
  onTestFinished(() => source.stop());
  const pass = (ms: number) => clock.runUntil(clock.now() + ms);
  pass(0);
  return { clock, record, source, problems, timers, pass };
}

/** What one probe with these options records. */
export async function probed(options: Record<string, unknown>) {
  return watch(options).record.requests(1);
}

/** What a good probe records, one with a bad response, and one without any. */
export const passed = [["request", true, undefined], ["heartbeat"], ["check", true, undefined]];
export const answeredBadly = (reason: string) => [["request", false, reason], ["heartbeat"]];
export const unanswered = (reason: string) => [["request", false, reason]];
