const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Whether this machine knows a time zone. Loads its tables, so only configs with time zones pay for them. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant of a date and time in ISO notation, ms since the epoch; undefined if it is none. Without an offset it is
 * local time. A local time that a change of the clocks skips is as long after the change as it seems.
 * @param timeZone of local times, an IANA name; absent: the one of this machine
 */
export function instantOf(text: string, timeZone?: string): number | undefined {
  const found = ISO.exec(text.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", offset] = found;
  const fields = [year, month, day, hour, minute, second].map(Number) as FieldsOfTime;
  const utc = utcOf(fields);
  if (!isValid(fields, utc)) return undefined;
  if (offset === "Z") return utc;
  if (offset !== undefined) {
    const [hours, minutes] = offset.slice(1).split(":").map(Number);
    return utc - (offset.startsWith("-") ? -1 : 1) * (hours! * 60 + minutes!) * 60_000;
  }
  if (timeZone === undefined) return new Date(...monthFromZero(fields)).getTime();
  // The offset at the result is what counts; the first guess can be on the other side of a change.
  const guess = utc - offsetAt(utc, timeZone);
  return utc - offsetAt(guess, timeZone);
}

type FieldsOfTime = [year: number, month: number, day: number, hour: number, minute: number, second: number];

function utcOf(fields: FieldsOfTime): number {
  return Date.UTC(...monthFromZero(fields));
}

function monthFromZero([year, month, ...rest]: FieldsOfTime): FieldsOfTime {
  return [year, month - 1, ...rest];
}

/** 31 April is not 1 May. */
function isValid([, month, day, hour, minute, second]: FieldsOfTime, utc: number): boolean {
  const date = new Date(utc);
  return (
    date.getUTCMonth() + 1 === month && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  );
}

/** How far local time is ahead of UTC, ms. */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = parts;
  const local = utcOf([year, month, day, hour, minute, second] as FieldsOfTime);
  return local - Math.floor(at / 1000) * 1000;
}
