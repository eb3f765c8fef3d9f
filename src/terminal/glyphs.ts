import type { Health } from "../core/health.ts";

/** Box-drawing characters of panels and charts. */
export interface BoxGlyphs {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
  /** A tick on a vertical axis, and a tick crossed by a line. */
  readonly tick: string;
  readonly cross: string;
}

/**
 * All symbols of the screens besides letters and digits, each one column wide. Screens never use such
 * characters literally, because some terminals and locales need the ASCII replacement.
 */
export interface Glyphs {
  readonly health: Readonly<Record<Health, string>>;
  /** Alert severities and resolved alerts. */
  readonly warning: string;
  readonly critical: string;
  readonly resolved: string;
  readonly fault: string;
  readonly selection: string;
  /** An item whose parts are listed below it, and one whose parts are hidden. */
  readonly open: string;
  readonly closed: string;
  /** An unknown value. */
  readonly dash: string;
  /** Before a value that is a lower bound. */
  readonly atLeast: string;
  readonly arrow: string;
  readonly ascending: string;
  readonly descending: string;
  readonly middot: string;
  readonly ellipsis: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** Nine steps: empty, then 1/8 to 8/8. */
  readonly sparkline: readonly string[];
  readonly box: BoxGlyphs;
}

const UNICODE: Glyphs = {
  health: { healthy: "●", unknown: "○", degraded: "▲", critical: "✖", down: "■" },
  warning: "▲",
  critical: "✖",
  resolved: "✓",
  // Not "⚡": as an emoji it takes two columns, or one, depending on the terminal. "↯" is narrow everywhere.
  fault: "↯",
  selection: "▸",
  open: "▾",
  closed: "▸",
  dash: "–",
  atLeast: "≥",
  arrow: "→",
  ascending: "↑",
  descending: "↓",
  middot: "·",
  ellipsis: "…",
  barFull: "█",
  barEmpty: "░",
  sparkline: [..." ▁▂▃▄▅▆▇█"],
  box: {
    topLeft: "╭",
    topRight: "╮",
    bottomLeft: "╰",
    bottomRight: "╯",
    horizontal: "─",
    vertical: "│",
    tick: "┤",
    cross: "┼",
  },
};

const ASCII: Glyphs = {
  health: { healthy: "o", unknown: "?", degraded: "^", critical: "x", down: "#" },
  warning: "^",
  critical: "x",
  resolved: "v",
  fault: "!",
  selection: ">",
  open: "-",
  closed: "+",
  dash: "-",
  atLeast: ">",
  // One column, as in the other set, so that switching the glyph set moves nothing.
  arrow: ">",
  ascending: "^",
  descending: "v",
  middot: ".",
  ellipsis: "~",
  barFull: "#",
  barEmpty: ".",
  sparkline: [..." .:-=+*#@"],
  box: {
    topLeft: "+",
    topRight: "+",
    bottomLeft: "+",
    bottomRight: "+",
    horizontal: "-",
    vertical: "|",
    tick: "|",
    cross: "+",
  },
};

/** The Unicode glyphs, or their ASCII replacements. */
export function glyphsFor(unicode: boolean): Glyphs {
  return unicode ? UNICODE : ASCII;
}
