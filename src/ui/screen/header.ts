import { HEALTHS, type Health } from "../../core/health.ts";
import { formatCount, formatDuration, formatTime } from "../../core/text.ts";
import { type Line, lineWidth, type Span, span, wrap } from "../text/line.ts";
import { windowText } from "../text/window-text.ts";
import type { View } from "../view.ts";
import { pageText } from "./page-text.ts";
import { behindLive, pausedLine } from "./paused.ts";

/** A lag above this share of the tick interval is highlighted. */
const LATE_SHARE = 0.5;
/** From this width on there is room for more than the health, a page and the time. */
const MEDIUM = 80;

/** The first row: the health of the fleet on the left, the monitor itself on the right. */
export function headerLine(view: View): Line {
  if (view.ui.moment !== undefined) return pausedLine(view);
  const { width } = view.size;
  const right = monitorPart(view);
  // A page does not hide the time, nor active faults where there is room for both.
  const kept = right.slice(0, width >= MEDIUM ? 2 : 1).reduce((sum, part) => sum + lineWidth(part) + 3, 0);
  const left = leftPart(view, width - kept - 1);
  // Parts are in order of importance; the last ones are dropped without space.
  const fitting = right.filter((_, index) => {
    const taken = right.slice(0, index + 1).reduce((sum, part) => sum + lineWidth(part) + 3, 0);
    return lineWidth(left) + taken + 1 <= width;
  });
  const shown = fitting.toReversed().flatMap((part) => [span("   "), ...part]);
  const gap = Math.max(0, width - lineWidth(left) - lineWidth(shown) - 1);
  return [...left, span(" ".repeat(gap)), ...shown, span(" ")];
}

/** In so many columns a page says what it is about; with fewer, the numbers of entities give way to it. */
const PAGE = 34;

/** The health of the fleet, and the newest page. If there is little room, that replaces the numbers of entities. */
function leftPart(view: View, width: number): Line {
  const health = healthPart(view);
  const full = [...health, ...countsIn(view, (each) => ` ${each}`)];
  const room = (line: Line) => width - lineWidth(line) - 2;
  const short = [...health, ...countsIn(view)];
  const fleet = [full, short].find((line) => room(line) >= PAGE) ?? health;
  const page = pageText(view, room(fleet));
  return page === undefined ? full : [...fleet, span("  "), span(page.text, page.role)];
}

function healthPart({ snapshot: { health }, glyphs, size }: View): Line {
  const name = size.width >= 100 ? "FAULTLINE  " : "";
  return [span(` ${name}`, "title"), span(`${glyphs.health[health]} ${health.toUpperCase()}`, health)];
}

/** The number of entities of each health: "3 healthy · 1 down", or with symbols. */
function countsIn({ snapshot: { counts }, glyphs }: View, word?: (health: Health) => string): Line {
  const spans: Span[] = [span("  ")];
  for (const [index, one] of HEALTHS.filter((each) => counts[each] > 0).entries()) {
    if (index > 0) spans.push(span(word ? ` ${glyphs.middot} ` : " ", "dim"));
    const count = formatCount(counts[one]);
    const text = word ? count + word(one) : `${glyphs.health[one]} ${count}`;
    spans.push(span(text, one === "healthy" ? "dim" : one === "down" ? "critical" : one));
  }
  return spans;
}

/** Most important first. */
function monitorPart(view: View): readonly Line[] {
  const { snapshot, glyphs } = view;
  const parts: Line[] = [];
  parts.push([span(formatTime(view.at)), ...clockAhead(view)]);
  const active = snapshot.faults.filter(({ endedAt }) => endedAt === undefined).length;
  if (active > 0) parts.push([span(`${glyphs.fault} ${active} fault${active === 1 ? "" : "s"}`, "fault")]);
  const { lagMs, skippedTicks } = snapshot.self;
  const late = lagMs > snapshot.tickMs * LATE_SHARE;
  parts.push([span(`lag ${String(Math.round(lagMs)).padStart(2)} ms`, late ? "degraded" : "dim")]);
  if (skippedTicks > 0)
    parts.push([span(`${skippedTicks} tick${skippedTicks === 1 ? "" : "s"} skipped`, "dim")]);
  parts.push([span(`tick ${snapshot.tick}`, "dim")]);
  parts.push([span(`window ${windowText(snapshot)}`, "dim")]);
  return parts;
}

/** The times shown differ from those of the system. */
function clockAhead({ snapshot }: View): Line {
  const { aheadMs } = snapshot.self;
  return aheadMs === 0 ? [] : [span(` (${formatDuration(aheadMs)} ahead)`, "degraded")];
}

/** The health of the fleet as text, for screens that are too small for a layout. */
export function wordsLines(view: View): readonly Line[] {
  const { health, counts, entities } = view.snapshot;
  const paused = view.ui.moment === undefined ? "" : `PAUSED ${behindLive(view)} behind live: `;
  const rest = HEALTHS.filter((one) => one !== "healthy" && counts[one] > 0).map(
    (one) => `${counts[one]} ${one}`,
  );
  const page = pageText(view, Number.POSITIVE_INFINITY);
  const alarm = page === undefined ? "" : `${page.text}. `;
  const what = [`${counts.healthy}/${entities.length} healthy`, ...rest].join(", ");
  const lines = wrap(
    `${paused}${alarm}${health.toUpperCase()} ${what}. Enlarge to 40x10 to see more.`,
    view.size.width,
  );
  return lines.slice(0, view.size.height).map((text, index) => [span(text, index === 0 ? health : "text")]);
}
