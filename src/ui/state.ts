import type { ColorDepth } from "../terminal/color-depth.ts";
import { HOME, type ViewName, viewSpec } from "./views/index.ts";

/** The state of one session: one user at one terminal. Nothing here is shared with other sessions. */

/** What entities of every kind can be sorted by; `config` is the order of the file. */
export const COMMON_SORTS = ["config", "health", "name"] as const;

/** One of COMMON_SORTS, or the id of a measure. */
export type Sort = string;

export type { ViewName };

/** How much of the past the charts show, ms. */
export const ZOOMS = [60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000] as const;

/** What the keys mean right now. */
export type Mode =
  | { readonly type: "browse" }
  | { readonly type: "help"; readonly scroll: number }
  | { readonly type: "filter"; readonly before: string }
  | { readonly type: "go-to"; readonly text: string }
  | { readonly type: "palette"; readonly text: string; readonly index: number }
  | {
      readonly type: "fault-menu";
      readonly entity: string;
      readonly index: number;
      /** Steps up or down from each kind's default intensity, and from its default time to live. */
      readonly steps: number;
      readonly ttlSteps: number;
    };

/** One sentence in the footer: the result of the last key. */
export interface Notice {
  readonly text: string;
  readonly good: boolean;
}

export interface UiState {
  readonly view: ViewName;
  readonly mode: Mode;
  /** The selected entity; undefined: the first that is visible. */
  readonly selected: string | undefined;
  readonly filter: string;
  readonly sort: Sort;
  readonly reversed: boolean;
  /** The id of the panel that the arrows move in. */
  readonly focus: string;
  /** The key of the item under the cursor, by panel id. */
  readonly cursors: Readonly<Record<string, string>>;
  readonly zoomIndex: number;
  readonly chartFleet: boolean;
  readonly themeIndex: number;
  readonly depth: ColorDepth;
  /** False: ASCII replacements for all glyphs. */
  readonly unicode: boolean;
  /** The instant that the screen shows, ms since the epoch; undefined: live. */
  readonly moment: number | undefined;
  readonly notice: Notice | undefined;
}

/** What the terminal's capabilities decide; all else is the same at the start of every session. */
export type Looks = Pick<UiState, "themeIndex" | "depth" | "unicode">;

export function initialState(looks: Looks): UiState {
  return {
    ...looks,
    view: HOME,
    mode: { type: "browse" },
    selected: undefined,
    filter: "",
    sort: "config",
    reversed: false,
    focus: viewSpec(HOME).focus,
    cursors: {},
    zoomIndex: 0,
    chartFleet: false,
    moment: undefined,
    notice: undefined,
  };
}

export const BROWSE: Mode = { type: "browse" };
