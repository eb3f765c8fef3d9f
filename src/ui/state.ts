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
  /** Test values for a rule, typed as numbers. */
  | { readonly type: "rule-test"; readonly rule: string; readonly text: string }
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

/** A view to return to, and the panel that was focused in it. */
export interface Visited {
  readonly view: ViewName;
  readonly focus: string;
}

/** One sentence in the footer: the result of the last key. */
export interface Notice {
  readonly text: string;
  readonly good: boolean;
}

export interface UiState {
  readonly view: ViewName;
  readonly mode: Mode;
  /** The views that Esc returns to, the last one first to be left. */
  readonly trail: readonly Visited[];
  /** The selected entity; undefined: the first that is visible. */
  readonly selected: string | undefined;
  /** Of entities. */
  readonly filter: string;
  /** Of alerts: words or matchers, see alertFilter. */
  readonly alertFilter: string;
  /** The incidents whose alerts are listed, by id. */
  readonly expanded: ReadonlySet<number>;
  /** Alerts marked for a common action, by fingerprint. */
  readonly marked: ReadonlySet<string>;
  /** The item whose details are open: the key of a row of the console. */
  readonly opened: string | undefined;
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
    trail: [],
    selected: undefined,
    filter: "",
    alertFilter: "",
    expanded: new Set(),
    marked: new Set(),
    opened: undefined,
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

/** The filter that `/` edits in the current view. */
export function filterOf({ view, filter, alertFilter }: UiState): string {
  return viewSpec(view).filters === "alerts" ? alertFilter : filter;
}

/** The state with another text in the filter of its view. */
export function withFilter(state: UiState, text: string): UiState {
  const filtersAlerts = viewSpec(state.view).filters === "alerts";
  return filtersAlerts ? { ...state, alertFilter: text } : { ...state, filter: text };
}
