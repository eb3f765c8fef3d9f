import type { ColorDepth } from "../terminal/color-depth.ts";
import { BROWSE, type Notice, SORTS, type UiState, type ViewName, ZOOMS } from "./state.ts";
import { themes } from "./text/theme.ts";

/** What a key changes in the open fault menu. */
export interface MenuChange {
  readonly index?: number;
  readonly steps?: number;
  readonly ttlSteps?: number;
}

/** Everything that can happen to what one person sees. */
export type UiAction =
  | { readonly type: "view"; readonly view: ViewName }
  /** The detail view of one service. */
  | { readonly type: "open"; readonly service: string }
  | { readonly type: "back" }
  | { readonly type: "help" }
  /** So many rows of the help are scrolled out above. */
  | { readonly type: "scroll-help"; readonly rows: number }
  | { readonly type: "select"; readonly service: string | undefined }
  | { readonly type: "cursor"; readonly panel: string; readonly index: number }
  | { readonly type: "focus"; readonly panel: string }
  | { readonly type: "sort" }
  | { readonly type: "reverse" }
  | { readonly type: "filter-open" }
  | { readonly type: "filter-text"; readonly text: string }
  | { readonly type: "filter-keep" }
  | { readonly type: "palette-open" }
  | { readonly type: "palette-text"; readonly text: string }
  | { readonly type: "palette-move"; readonly index: number }
  | { readonly type: "menu-open"; readonly service: string }
  | { readonly type: "menu"; readonly change: MenuChange }
  | { readonly type: "close" }
  | { readonly type: "zoom"; readonly by: number }
  | { readonly type: "chart-fleet" }
  | { readonly type: "theme" }
  | { readonly type: "depth" }
  | { readonly type: "glyphs" }
  /** Everything on screen moves to an instant (ms since the epoch), or follows again. */
  | { readonly type: "moment"; readonly at: number | undefined }
  | { readonly type: "go-to-open" }
  | { readonly type: "go-to-text"; readonly text: string }
  | { readonly type: "notice"; readonly notice: Notice | undefined };

/** The next state. Pure: whatever it needs to know of the world stands in the action. */
export function reduce(state: UiState, action: UiAction): UiState {
  switch (action.type) {
    case "view":
      return { ...state, view: action.view, mode: BROWSE, focus: FOCUS_OF[action.view] };
    case "open":
      return reduce({ ...state, selected: action.service }, { type: "view", view: "detail" });
    case "back":
      return back(state);
    case "help":
      return { ...state, mode: { type: "help", scroll: 0 } };
    case "scroll-help":
      return state.mode.type === "help"
        ? { ...state, mode: { type: "help", scroll: Math.max(0, action.rows) } }
        : state;
    case "select":
      return { ...state, selected: action.service };
    case "cursor":
      return { ...state, cursors: { ...state.cursors, [action.panel]: Math.max(0, action.index) } };
    case "focus":
      return { ...state, focus: action.panel };
    case "sort":
      return { ...state, sort: SORTS[(SORTS.indexOf(state.sort) + 1) % SORTS.length]!, reversed: false };
    case "reverse":
      return { ...state, reversed: !state.reversed };
    case "filter-open":
      return { ...state, mode: { type: "filter", before: state.filter } };
    case "filter-text":
      return { ...state, filter: action.text };
    case "filter-keep":
    case "close":
      return { ...state, mode: BROWSE };
    case "palette-open":
      return { ...state, mode: { type: "palette", text: "", index: 0 } };
    case "palette-text":
      return { ...state, mode: { type: "palette", text: action.text, index: 0 } };
    case "palette-move":
      return state.mode.type === "palette"
        ? { ...state, mode: { ...state.mode, index: action.index } }
        : state;
    case "menu-open":
      return {
        ...state,
        mode: { type: "fault-menu", service: action.service, index: 0, steps: 0, ttlSteps: 0 },
      };
    case "menu":
      return state.mode.type === "fault-menu"
        ? { ...state, mode: { ...state.mode, ...action.change } }
        : state;
    case "zoom":
      return { ...state, zoomIndex: Math.min(ZOOMS.length - 1, Math.max(0, state.zoomIndex + action.by)) };
    case "chart-fleet":
      return { ...state, chartFleet: !state.chartFleet };
    case "theme":
      return { ...state, themeIndex: (state.themeIndex + 1) % themes.length };
    case "depth":
      return { ...state, depth: DEPTHS[(DEPTHS.indexOf(state.depth) + 1) % DEPTHS.length]! };
    case "glyphs":
      return { ...state, unicode: !state.unicode };
    case "moment":
      return { ...state, moment: action.at };
    case "go-to-open":
      return { ...state, mode: { type: "go-to", text: "" } };
    case "go-to-text":
      return { ...state, mode: { type: "go-to", text: action.text } };
    case "notice":
      return { ...state, notice: action.notice };
  }
}

/** The panel that has the arrows when a view opens. */
const FOCUS_OF: Readonly<Record<ViewName, string>> = {
  overview: "services",
  detail: "alerts",
  alerts: "alerts",
  faults: "faults",
  self: "self",
  history: "services",
  trends: "services",
};

/** In the order in which `c` goes through them. */
const DEPTHS = ["truecolor", "256", "16", "none"] as const satisfies readonly ColorDepth[];

/** Esc: the innermost thing that is open closes; it never quits. */
function back(state: UiState): UiState {
  if (state.mode.type === "filter") return { ...state, mode: BROWSE, filter: state.mode.before };
  if (state.mode.type !== "browse") return { ...state, mode: BROWSE };
  if (state.view !== "overview") return reduce(state, { type: "view", view: "overview" });
  if (state.filter !== "") return { ...state, filter: "" };
  if (state.moment !== undefined) return { ...state, moment: undefined };
  return reduce(state, { type: "focus", panel: "services" });
}
