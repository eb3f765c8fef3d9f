import type { ColorDepth } from "./color-depth.ts";

/** What a terminal can show, detected from its environment. */
export interface Capabilities {
  readonly depth: ColorDepth;
  /** Whether non-ASCII characters are displayed correctly. */
  readonly unicode: boolean;
  /** No cursor movement: only plain lines can be written. */
  readonly dumb: boolean;
  /** The background of the terminal, if it reports one. */
  readonly background: "light" | "dark" | undefined;
}

/** Environment variables of the terminal's user: those of this process, or those sent by a remote client. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals with true colour, known by TERM alone, because SSH does not forward COLORTERM. */
const TRUECOLOR_TERM = /(^|-)(alacritty|contour|foot|ghostty|kitty|rio|wezterm|direct)(-|$)/;
const PALETTE_TERM = /256color|^tmux|^screen/;

/**
 * Detects what a terminal can show. Libraries that detect this from the process are wrong for remote and for
 * several terminals, so it is detected here, once per terminal.
 */
export function detectCapabilities(env: Environment, isTTY: boolean): Capabilities {
  return {
    depth: detectDepth(env, isTTY),
    unicode: detectUnicode(env),
    dumb: env.TERM === "dumb",
    background: detectBackground(env),
  };
}

function detectDepth(env: Environment, isTTY: boolean): ColorDepth {
  // https://no-color.org: present and not empty, whatever its value.
  if (env.NO_COLOR) return "none";
  switch (env.FORCE_COLOR) {
    case undefined:
      break;
    case "0":
    case "false":
      return "none";
    case "2":
      return "256";
    case "3":
      return "truecolor";
    default:
      return "16";
  }
  const term = env.TERM ?? "";
  if (!isTTY || term === "dumb") return "none";
  // GNU screen passes on COLORTERM of the outer terminal, but does not support true colour.
  if (env.STY) return "256";
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? "") || env.WT_SESSION) return "truecolor";
  if (TRUECOLOR_TERM.test(term)) return "truecolor";
  return PALETTE_TERM.test(term) ? "256" : "16";
}

/** In the POSIX order of precedence: the first that is set wins. */
function detectUnicode(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return !/^(linux|vt\d|dumb)/.test(env.TERM ?? "");
}

/**
 * COLORFGBG is "text;background" (sometimes with a field between) as palette indices; vim splits them the
 * same way.
 */
function detectBackground(env: Environment): "light" | "dark" | undefined {
  const index = /;(\d{1,2})$/.exec(env.COLORFGBG ?? "")?.[1];
  if (index === undefined) return undefined;
  return Number(index) < 7 || index === "8" ? "dark" : "light";
}
