/** The openings of one breaker in one run. */
export interface BreakerOpenings {
  /** Records `circuit_state_change` to the state open. */
  logged: number;
  /** Those before the newest figure: a run that was killed may have written a change without the figure after it. */
  loggedBefore: number;
  /** The newest figure `breaker_opened`; undefined: none was logged. */
  counted: number | undefined;
}

/** What is in a log file. */
export interface LogSummary {
  /** Records by level. */
  readonly levels: ReadonlyMap<string, number>;
  /** Lines that are no JSON object. */
  readonly invalid: number;
  /** Records without one of the fields that every record has. */
  readonly incomplete: number;
  /** By channel and run. */
  readonly breakers: ReadonlyMap<string, BreakerOpenings>;
}

const REQUIRED = ["timestamp", "level", "component", "event"] as const;

/**
 * Counts the records of a log file, one JSON object a line. A run whose start is in an older file is left out of
 * the breakers: its first openings may be there.
 */
export function summaryOf(text: string): LogSummary {
  const levels = new Map<string, number>();
  const breakers = new Map<string, BreakerOpenings>();
  const started = new Set<unknown>();
  let invalid = 0;
  let incomplete = 0;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const record = parsed(line);
    if (record === undefined) {
      invalid += 1;
      continue;
    }
    if (REQUIRED.some((field) => typeof record[field] !== "string")) incomplete += 1;
    const level = String(record.level);
    levels.set(level, (levels.get(level) ?? 0) + 1);
    const { event, channel, session } = record;
    if (event === "start") started.add(session);
    if (!started.has(session) || typeof channel !== "string") continue;
    const key = `${channel} (run ${session})`;
    const openings = breakers.get(key) ?? { logged: 0, loggedBefore: 0, counted: undefined };
    if (event === "circuit_state_change" && record.state === "open") openings.logged += 1;
    else if (event === "channel_figures") {
      openings.counted = Number(record.breaker_opened);
      openings.loggedBefore = openings.logged;
    } else continue;
    breakers.set(key, openings);
  }
  return { levels, invalid, incomplete, breakers };
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
