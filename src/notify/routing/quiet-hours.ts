import type { QuietHours, ReceiverConfig } from "../settings.ts";

const MINUTE_MS = 60_000;
/** The longest quiet hours, an hour more for a day on which clocks are set back. */
const LONGEST_MINUTES = 25 * 60;

/** One per time zone: creating a format takes a hundred times as long as using it. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/** The minutes since local midnight at an instant. @param timeZone IANA name; absent: that of this machine */
export function localMinutes(at: number, timeZone: string | undefined): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const digits = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    format = new Intl.DateTimeFormat("en-GB", timeZone === undefined ? digits : { ...digits, timeZone });
    formats.set(timeZone, format);
  }
  const [hours, minutes] = format.format(at).split(":");
  return Number(hours) * 60 + Number(minutes);
}

/**
 * When the quiet hours end that hold at an instant, ms since the epoch; undefined: none hold. Local time decides, so
 * an hour that a change of clocks repeats or leaves out is repeated or left out here too.
 */
export function quietUntil(receiver: ReceiverConfig, at: number): number | undefined {
  const { quietHours, timeZone } = receiver;
  if (quietHours === undefined || !isQuiet(quietHours, localMinutes(at, timeZone))) return undefined;
  let end = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  for (let minutes = 0; minutes < LONGEST_MINUTES; minutes += 1) {
    end += MINUTE_MS;
    if (!isQuiet(quietHours, localMinutes(end, timeZone))) return end;
  }
  // The whole day is quiet: asked again then.
  return end;
}

function isQuiet({ from, to }: QuietHours, minutes: number): boolean {
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/** An instant as the receiver's clock shows it: "07:00". */
export function localTime(at: number, timeZone: string | undefined): string {
  const minutes = localMinutes(at, timeZone);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
