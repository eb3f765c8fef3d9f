import type { Health } from "../core/health.ts";

/** The lines of panels and charts. */
export interface BoxGlyphs {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
  /** A tick on a vertical axis, and the same where a line crosses it. */
  readonly tick: string;
  readonly cross: string;
}

/**
 * Every sign the screens use besides letters and digits, each one column wide. Screens never write such
 * a character literally: its ASCII twin is for terminals and locales that cannot show it.
 */
export interface Glyphs {
  readonly health: Readonly<Record<Health, string>>;
  /** Severities of alerts, and an alert that is over. */
  readonly warning: string;
  readonly critical: string;
  readonly resolved: string;
  readonly fault: string;
  readonly selection: string;
  /** Stands for a value that is not known. */
  readonly dash: string;
  readonly arrow: string;
  readonly ascending: string;
  readonly descending: string;
  readonly middot: string;
  readonly ellipsis: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** Nine steps: nothing, then 1/8 to 8/8. */
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
  dash: "–",
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
  dash: "-",
  // One column like its twin, so that nothing moves when the glyph set is switched.
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

/** The signs for a terminal that shows Unicode, or their ASCII twins. */
export function glyphsFor(unicode: boolean): Glyphs {
  return unicode ? UNICODE : ASCII;
}
