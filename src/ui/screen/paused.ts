import { HEALTHS } from "../../core/health.ts";
import { formatCount, formatDuration, formatTime } from "../../core/text.ts";
import { type Line, span, widthOf } from "../text/line.ts";
import { isCoarse, windowText } from "../text/window-text.ts";
import type { View } from "../view.ts";
import { pageText } from "./page-text.ts";

/** The delay of the shown instant behind live, in whole seconds: "42 s", "3 m 20 s". */
export function behindLive({ live, at }: Pick<View, "live" | "at">): string {
  const seconds = Math.max(0, Math.floor((live.at - at) / 1000));
  return seconds === 0 ? "0 s" : formatDuration(seconds * 1000).replace(/(\d)([a-z])/g, "$1 $2");
}

const GAP = 3;

/** A part of the bar: its position and its texts, from long to short. */
interface Piece {
  readonly place: number;
  readonly wordings: readonly string[];
}

/** Below this width "42 s behind" fits, but a longer time does not. */
const NARROW_BELOW = 46;
const SHORT_TIME = "42 s".length;

/** Pieces from this position on are on the right. */
const RIGHT = 10;

/**
 * The first row of a paused screen: a bar over the full width, so that old values are not mistaken for live
 * ones. On the left the health of the fleet at that instant, on the right the instant and the key to return.
 */
export function pausedLine(view: View): Line {
  const { width } = view.size;
  const chosen = new Map<number, string>();
  let left = width - 2;
  const choose = (place: number, wordings: readonly string[]) => {
    const before = chosen.get(place);
    const space = left + (before === undefined ? (chosen.size > 0 ? -GAP : 0) : widthOf(before));
    const text = wordings.find((one) => widthOf(one) <= space);
    if (text === undefined) return;
    chosen.set(place, text);
    left = space - widthOf(text);
  };
  // First as many pieces as fit, then longer texts if space is left.
  const all = pieces(view);
  for (const { place, wordings } of all) choose(place, wordings.slice(-1));
  for (const { place, wordings } of all) if (chosen.has(place)) choose(place, wordings);
  const side = (isRight: boolean) =>
    [...chosen]
      .filter(([place]) => place >= RIGHT === isRight)
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text);
  const fleet = side(false).join(" ".repeat(GAP));
  const [sign = "", ...words] = side(true);
  const moment = [sign, words.join(` ${view.glyphs.middot} `)].filter(Boolean).join(" ".repeat(GAP));
  return [span(` ${fleet}${" ".repeat(left + GAP)}${moment} `, "paused")];
}

function pagePiece(view: View): readonly Piece[] {
  const wordings = [60, 40, 30, 22, 16, 10].flatMap((width) => pageText(view, width)?.text ?? []);
  return wordings.length === 0 ? [] : [{ place: 2.5, wordings: wordings.map((text) => `now ${text}`) }];
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
  const isNarrow = size.width < NARROW_BELOW && widthOf(behind) > SHORT_TIME;
  const active = faults.filter(({ endedAt }) => endedAt === undefined).length;
  return [
    { place: RIGHT, wordings: ui.depth === "none" ? [`== ${sign} ==`, sign] : [sign] },
    // A page is about now, also while the screen shows the past.
    ...pagePiece(view),
    { place: 1, wordings: [`${glyphs.health[health]} ${health.toUpperCase()}`] },
    {
      place: RIGHT + 1,
      wordings: isNarrow ? [`-${behind}`] : [`${behind} behind live`, `${behind} behind`],
    },
    { place: RIGHT + 2, wordings: [formatTime(view.at)] },
    // Values of other slots than usual must not be taken for those of the window.
    ...(isCoarse(snapshot) ? [{ place: 4, wordings: [windowText(snapshot)] }] : []),
    { place: RIGHT + 3, wordings: ["Space or End: live", "End: live"] },
    { place: 2, wordings: [words, signs] },
    ...(active > 0
      ? [{ place: 3, wordings: [`${glyphs.fault} ${active} fault${active === 1 ? "" : "s"}`] }]
      : []),
    { place: 0, wordings: ["FAULTLINE"] },
  ];
}
