import { HEALTHS } from "../../core/health.ts";
import { formatCount, formatDuration, formatTime } from "../../core/text.ts";
import { type Line, span, widthOf } from "../text/line.ts";
import type { View } from "../view.ts";

/** How far the shown moment is behind live, in whole seconds: "42 s", "3 m 20 s". */
export function behindLive({ live, snapshot }: Pick<View, "live" | "snapshot">): string {
  const seconds = Math.floor((live.at - snapshot.at) / 1000);
  return seconds === 0 ? "0 s" : formatDuration(seconds * 1000).replace(/(\d)([a-z])/g, "$1 $2");
}

const GAP = 3;

/** A piece of the bar: where it stands, and its wordings from long to short. */
interface Piece {
  readonly place: number;
  readonly wordings: readonly string[];
}

/** Below this width there is room for "42 s behind", but no longer time in words. */
const CRAMPED_BELOW = 46;
const SHORT_TIME = "42 s".length;

/** Pieces from this place on stand on the right. */
const RIGHT = 10;

/**
 * The first row of a screen that is not live: one bar over the whole width, so that nobody takes an old number
 * for a new one. How the fleet fared at that moment on the left; on the right, that it is a past one, which,
 * and the way back.
 */
export function pausedLine(view: View): Line {
  const { width } = view.size;
  const chosen = new Map<number, string>();
  let left = width - 2;
  const choose = (place: number, wordings: readonly string[]) => {
    const before = chosen.get(place);
    const room = left + (before === undefined ? (chosen.size > 0 ? -GAP : 0) : widthOf(before));
    const text = wordings.find((one) => widthOf(one) <= room);
    if (text === undefined) return;
    chosen.set(place, text);
    left = room - widthOf(text);
  };
  // First as many pieces as there is room for, then what room is left goes into longer words.
  const all = pieces(view);
  for (const { place, wordings } of all) choose(place, wordings.slice(-1));
  for (const { place, wordings } of all) if (chosen.has(place)) choose(place, wordings);
  const side = (isRight: boolean) =>
    [...chosen]
      .filter(([place]) => place >= RIGHT === isRight)
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text);
  const fleet = side(false).join(" ".repeat(GAP));
  const [sign = "", ...told] = side(true);
  const moment = [sign, told.join(` ${view.glyphs.middot} `)].filter(Boolean).join(" ".repeat(GAP));
  return [span(` ${fleet}${" ".repeat(left + GAP)}${moment} `, "paused")];
}

/** Most important first. */
function pieces(view: View): readonly Piece[] {
  const { snapshot, glyphs, ui, size } = view;
  const { health, counts, faults } = snapshot;
  const behind = behindLive(view);
  const sign = "P A U S E D";
  const present = HEALTHS.filter((one) => counts[one] > 0);
  const words = present.map((one) => `${formatCount(counts[one])} ${one}`).join(` ${glyphs.middot} `);
  const signs = present.map((one) => `${glyphs.health[one]} ${formatCount(counts[one])}`).join("  ");
  const isCramped = size.width < CRAMPED_BELOW && widthOf(behind) > SHORT_TIME;
  const running = faults.filter(({ endedAt }) => endedAt === undefined).length;
  return [
    { place: RIGHT, wordings: ui.depth === "none" ? [`== ${sign} ==`, sign] : [sign] },
    { place: 1, wordings: [`${glyphs.health[health]} ${health.toUpperCase()}`] },
    {
      place: RIGHT + 1,
      wordings: isCramped ? [`-${behind}`] : [`${behind} behind live`, `${behind} behind`],
    },
    { place: RIGHT + 2, wordings: [formatTime(snapshot.at)] },
    { place: RIGHT + 3, wordings: ["Space or End: live", "End: live"] },
    { place: 2, wordings: [words, signs] },
    ...(running > 0
      ? [{ place: 3, wordings: [`${glyphs.fault} ${running} fault${running === 1 ? "" : "s"}`] }]
      : []),
    { place: 0, wordings: ["FAULTLINE"] },
  ];
}
