/** Numbers and times as people read them; one place, so that they look the same on every screen. */

/** 1020.4 -> "1,020". By hand: loading the tables of Intl would cost a fifth of the time to the first frame. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Latency in ms without its unit: one decimal under 10, whole above: 3.2, 48, 1,020. */
export function formatMs(ms: number): string {
  return ms > 0 && ms < 9.95 ? ms.toFixed(1) : formatCount(ms);
}

/** Something a second: one decimal, from a thousand on whole: 0.4, 18.2, 1,020. */
export function formatRate(perSecond: number): string {
  return perSecond < 999.95 ? perSecond.toFixed(1) : formatCount(perSecond);
}

/** A ratio 0..1 as percent with one decimal, without its unit: 0.0123 -> "1.2". */
export function formatRatio(ratio: number): string {
  return (ratio * 100).toFixed(1);
}

/** A length of time in its largest one or two units: 9s, 3m 20s, 2h 5m, 4d 1h. Under a second: 250ms. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return joined(Math.floor(seconds / 60), "m", seconds % 60, "s");
  if (seconds < 86_400)
    return joined(Math.floor(seconds / 3600), "h", Math.floor((seconds % 3600) / 60), "m");
  return joined(Math.floor(seconds / 86_400), "d", Math.floor((seconds % 86_400) / 3600), "h");
}

function joined(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major}${majorUnit}` : `${major}${majorUnit} ${minor}${minorUnit}`;
}

/** What is left of a countdown: 0:38, 12:05. Never negative. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Local wall time of an instant, 14:03:20. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
