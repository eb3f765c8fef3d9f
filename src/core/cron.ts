import type { Cron } from "croner";

/** Longer lines have no use. */
const LONGEST = 200;
const NICKNAMES = ["hourly", "daily", "midnight", "weekly", "monthly", "yearly", "annually"];

let library: typeof Cron | undefined;

/** Loads the library. Only configs with a cron line need it. */
export async function loadCron(): Promise<void> {
  library ??= (await import("croner")).Cron;
}

export function isCronReady(): boolean {
  return library !== undefined;
}

/** The instants of a cron line. */
export interface CronSchedule {
  /** The first one after an instant, ms since the epoch; undefined: there is none. */
  after(at: number): number | undefined;
}

/**
 * Reads a cron line of five fields (minute, hour, day, month, weekday), or a nickname such as @daily. A time that a
 * change of the clocks skips is the first valid one after it; one that comes twice counts once.
 * @param timeZone an IANA name; absent: the one of this machine
 * @throws RangeError with a sentence that says what is wrong with it
 */
export function compileCron(line: string, timeZone?: string): CronSchedule {
  if (library === undefined) throw new RangeError("cannot be read yet; write the key cron without quotes");
  const text = line.trim();
  const isNickname = text.startsWith("@") && NICKNAMES.includes(text.slice(1).toLowerCase());
  if (text.length > LONGEST || !(isNickname || text.split(/\s+/).length === 5)) {
    throw new RangeError('must have five fields, such as "0 2 * * 1-5" (minute hour day month weekday)');
  }
  let cron: Cron;
  try {
    cron = new library(text, {
      mode: "5-part",
      paused: true,
      ...(timeZone === undefined ? {} : { timezone: timeZone }),
    });
  } catch (error) {
    throw new RangeError(`is no valid cron line: ${reasonOf(error)}`);
  }
  return { after: (at) => cron.nextRun(new Date(at))?.getTime() };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^CronPattern: /, "").replace(/\.$/, "");
}
