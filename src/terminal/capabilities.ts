import type { ColorDepth } from "./color-depth.ts";

/** What a terminal can show, as far as its environment tells. */
export interface Capabilities {
  readonly depth: ColorDepth;
  /** Whether characters beyond ASCII come out right. */
  readonly unicode: boolean;
  /** No cursor movement: only plain lines may be written. */
  readonly dumb: boolean;
  /** Whether text stands on light or dark, where the terminal says so. */
  readonly background: "light" | "dark" | undefined;
}

/** Environment variables of the terminal's user: of this process, or those a remote client sent. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals known for true colour by their TERM alone: over SSH, COLORTERM does not arrive. */
const TRUECOLOR_TERM = /(^|-)(alacritty|contour|foot|ghostty|kitty|rio|wezterm|direct)(-|$)/;
const PALETTE_TERM = /256color|^tmux|^screen/;

/**
 * Decides what a terminal can show. Libraries that guess this from the process are wrong for remote
 * terminals and for several at once, so it is decided here, once a terminal.
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
  // GNU screen hands COLORTERM of the outer terminal on, but shows no true colour itself.
  if (env.STY) return "256";
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? "") || env.WT_SESSION) return "truecolor";
  if (TRUECOLOR_TERM.test(term)) return "truecolor";
  return PALETTE_TERM.test(term) ? "256" : "16";
}

/** The order in which POSIX gives them weight: the first that is set decides. */
function detectUnicode(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return !/^(linux|vt\d|dumb)/.test(env.TERM ?? "");
}

/** COLORFGBG is "text;background" (sometimes with a field between) as palette indices; vim splits them the same way. */
function detectBackground(env: Environment): "light" | "dark" | undefined {
  const index = /;(\d{1,2})$/.exec(env.COLORFGBG ?? "")?.[1];
  if (index === undefined) return undefined;
  return Number(index) < 7 || index === "8" ? "dark" : "light";
}
