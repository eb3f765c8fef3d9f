import type { ColorDepth } from "../terminal/color-depth.ts";

/** What one person at one terminal is looking at. Nothing here is shared with anybody else. */

export const VIEWS = ["overview", "detail", "alerts", "faults", "self", "history", "trends"] as const;
export type ViewName = (typeof VIEWS)[number];

/** Columns that the table of services can be sorted by; `config` is the order of the file. */
export const SORTS = ["config", "health", "name", "rate", "errors", "p99"] as const;
export type Sort = (typeof SORTS)[number];

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
      readonly service: string;
      readonly index: number;
      /** Steps up or down from each kind's default intensity, and from its default time to live. */
      readonly steps: number;
      readonly ttlSteps: number;
    };

/** One sentence in the footer: what came of the last key. */
export interface Notice {
  readonly text: string;
  readonly good: boolean;
}

export interface UiState {
  readonly view: ViewName;
  readonly mode: Mode;
  /** The selected service; undefined: the first that is visible. */
  readonly selected: string | undefined;
  readonly filter: string;
  readonly sort: Sort;
  readonly reversed: boolean;
  /** The panel that the arrows move in. */
  readonly focus: string;
  /** The first item shown, or the one under the cursor, of each panel that scrolls, by panel kind. */
  readonly cursors: Readonly<Record<string, number>>;
  readonly zoomIndex: number;
  readonly chartFleet: boolean;
  readonly themeIndex: number;
  readonly depth: ColorDepth;
  /** False: the ASCII twins of all signs. */
  readonly unicode: boolean;
  /** The instant that everything on screen speaks of, ms since the epoch; undefined: live. */
  readonly moment: number | undefined;
  readonly notice: Notice | undefined;
}

/** What a terminal's capabilities decide; everything else begins the same for everybody. */
export type Looks = Pick<UiState, "themeIndex" | "depth" | "unicode">;

export function initialState(looks: Looks): UiState {
  return {
    ...looks,
    view: "overview",
    mode: { type: "browse" },
    selected: undefined,
    filter: "",
    sort: "config",
    reversed: false,
    focus: "services",
    cursors: {},
    zoomIndex: 0,
    chartFleet: false,
    moment: undefined,
    notice: undefined,
  };
}

export const BROWSE: Mode = { type: "browse" };
