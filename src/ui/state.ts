import type { ColorDepth } from "../terminal/color-depth.ts";
import { HOME, type ViewName, viewSpec } from "./views/index.ts";

/** The state of one session: one user at one terminal. Nothing here is shared with other sessions. */

/** Sort orders for all kinds; `config` is the order of the file. */
export const COMMON_SORTS = ["config", "health", "name"] as const;

/** One of COMMON_SORTS, or the id of a measure. */
export type Sort = string;

export function isCommonSort(sort: Sort): boolean {
  return COMMON_SORTS.some((common) => common === sort);
}

export type { ViewName };

/** Time ranges of the charts, ms. */
export const ZOOMS = [60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000] as const;

/** The current input mode. */
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
      /** By the key of a choice; without an entry it is at its defaults. */
      readonly steps: Readonly<Record<string, MenuSteps>>;
    };

/** Steps up or down from the default intensity and the default duration of a choice. */
export interface MenuSteps {
  readonly steps: number;
  readonly ttlSteps: number;
}

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
  /** The id of the focused panel. */
  readonly focus: string;
  /** The key of the item at the cursor, by panel id. */
  readonly cursors: Readonly<Record<string, string>>;
  readonly zoomIndex: number;
  readonly chartFleet: boolean;
  readonly themeIndex: number;
  readonly depth: ColorDepth;
  /** False: ASCII replacements for all glyphs. */
  readonly unicode: boolean;
  /** The shown instant, ms since the epoch; undefined: live. */
  readonly moment: number | undefined;
  readonly notice: Notice | undefined;
}

/** The initial state that depends on the terminal; the rest is the same for every session. */
export type DisplaySettings = Pick<UiState, "themeIndex" | "depth" | "unicode">;

export function initialState(displaySettings: DisplaySettings): UiState {
  return {
    ...displaySettings,
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
