import type { AlertEngine } from "../alerts/engine.ts";
import { compileMatchers, type Matcher, matchersText, parseMatchers } from "../core/matchers.ts";
import { formatDuration } from "../core/text.ts";
import { done, refused } from "./outcome.ts";
import type { Command, Outcome } from "./types.ts";

/** The shortest and longest silence, ms. */
const MIN_SILENCE_MS = 1_000;
const MAX_SILENCE_MS = 30 * 86_400_000;

/** So many different reasons why something could not be done are given. */
const REASONS_SHOWN = 3;

type CommandOf<Type extends Command["type"]> = Extract<Command, { type: Type }>;

const DONE = { acknowledge: "acknowledged", unacknowledge: "unacknowledged", resolve: "closed" } as const;

/**
 * Acknowledges or closes alerts: all that can be, and says what cannot. The transitions of the alerts are the
 * events that are logged.
 */
export function changeAlerts(
  { type, alerts: named, incidents = [] }: CommandOf<"acknowledge" | "unacknowledge" | "resolve">,
  alerts: AlertEngine,
  now: number,
  by: string,
): Outcome {
  const ofIncidents = alertsOfIncidents(type, incidents, alerts);
  const problems = new Set(ofIncidents.problems);
  const fingerprints = new Set([...named, ...ofIncidents.fingerprints]);
  const changed: string[] = [];
  for (const fingerprint of fingerprints) {
    try {
      const { rule, entity } = alerts[type](now, fingerprint, by);
      changed.push(`${rule} on ${entity}`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.add(error.message);
    }
  }
  const reasons = [...problems].slice(0, REASONS_SHOWN).join("; ");
  const more = problems.size > REASONS_SHOWN ? `; and ${problems.size - REASONS_SHOWN} more` : "";
  if (changed.length === 0) return refused(problems.size === 0 ? "no alert is selected" : reasons + more);
  const asked = fingerprints.size + ofIncidents.problems.length;
  if (problems.size > 0) return done(`${changed.length} of ${asked} ${DONE[type]}: ${reasons}${more}`);
  return done(`${changed.length === 1 ? changed[0] : `${changed.length} alerts`} ${DONE[type]}`);
}

/** The active alerts of incidents, without those that need no change. */
function alertsOfIncidents(type: keyof typeof DONE, ids: readonly number[], alerts: AlertEngine) {
  const fingerprints: string[] = [];
  const problems: string[] = [];
  for (const id of ids) {
    const active = alerts.alertsOf(id);
    const concerned = active.filter(
      ({ acknowledged }) => type === "resolve" || (acknowledged === undefined) === (type === "acknowledge"),
    );
    if (active.length === 0) problems.push(`incident ${id} has no active alert`);
    else if (concerned.length === 0)
      problems.push(
        `incident ${id} is ${type === "acknowledge" ? "acknowledged already" : "not acknowledged"}`,
      );
    for (const { fingerprint } of concerned) fingerprints.push(fingerprint);
  }
  return { fingerprints, problems };
}

/** @throws RangeError for matchers that cannot be read, and when there are too many silences */
export function silence(
  { matchers: text, durationMs, reason }: CommandOf<"silence">,
  alerts: AlertEngine,
  now: number,
  by: string,
): Outcome {
  const matchers = parseMatchers(text);
  if (!(durationMs >= MIN_SILENCE_MS && durationMs <= MAX_SILENCE_MS)) {
    const [least, most] = [MIN_SILENCE_MS, MAX_SILENCE_MS].map(formatDuration);
    return refused(`a silence lasts between ${least} and ${most}`);
  }
  const { id } = alerts.silence(now, {
    matchers,
    reason,
    author: by,
    startsAt: now,
    endsAt: now + durationMs,
  });
  const why = reason === "" ? "" : `: ${reason}`;
  const reach = reachText(matchers, alerts);
  return done(`silence ${id} for ${formatDuration(durationMs)} on ${matchersText(matchers)}, ${reach}${why}`);
}

/** A pattern that matches nothing may be for later, or a typing error: only its author can tell. */
function reachText(matchers: readonly Matcher[], alerts: AlertEngine): string {
  const matches = compileMatchers(matchers);
  const count = alerts
    .alerts()
    .filter(({ state }) => state === "pending" || state === "firing")
    .filter(({ labels, severity }) => matches({ ...labels, severity })).length;
  return count === 0 ? "no alert now" : `${count} alert${count === 1 ? "" : "s"} now`;
}

/** @throws RangeError for an unknown silence */
export function endSilence(
  { silence: id, afterMs }: CommandOf<"end-silence">,
  alerts: AlertEngine,
  now: number,
  by: string,
): Outcome {
  if (!(afterMs >= 0 && afterMs <= MAX_SILENCE_MS)) {
    return refused(`a silence lasts at most ${formatDuration(MAX_SILENCE_MS)}`);
  }
  alerts.endSilenceAt(now, id, now + afterMs, by);
  return done(afterMs === 0 ? `silence ${id} ended` : `silence ${id} ends in ${formatDuration(afterMs)}`);
}
