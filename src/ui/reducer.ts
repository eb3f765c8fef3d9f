import type { ColorDepth } from "../terminal/color-depth.ts";
import {
  BROWSE,
  type MenuSteps,
  type Notice,
  type Sort,
  type UiState,
  type ViewName,
  ZOOMS,
} from "./state.ts";
import { themes } from "./text/theme.ts";
import { HOME, viewSpec } from "./views/index.ts";

/** Changes by a key in the open fault menu. */
export interface MenuChange {
  readonly index?: number;
  readonly steps?: Readonly<Record<string, MenuSteps>>;
}

/** The actions that change the state of a session. */
export type UiAction =
  | { readonly type: "view"; readonly view: ViewName }
  /** The detail view of one entity. */
  | { readonly type: "open"; readonly entity: string }
  | { readonly type: "back" }
  | { readonly type: "help" }
  /** The first row of the help to show, from 0. */
  | { readonly type: "scroll-help"; readonly rows: number }
  | { readonly type: "select"; readonly entity: string | undefined }
  | { readonly type: "cursor"; readonly panel: string; readonly item: string }
  | { readonly type: "focus"; readonly panel: string }
  | { readonly type: "sort"; readonly by: Sort }
  | { readonly type: "reverse" }
  | { readonly type: "filter-open" }
  | { readonly type: "filter-text"; readonly text: string }
  | { readonly type: "filter-keep" }
  /** @param text already typed */
  | { readonly type: "palette-open"; readonly text?: string }
  | { readonly type: "palette-text"; readonly text: string }
  | { readonly type: "palette-move"; readonly index: number }
  | { readonly type: "menu-open"; readonly entity: string }
  | { readonly type: "menu"; readonly change: MenuChange }
  | { readonly type: "close" }
  | { readonly type: "zoom"; readonly by: number }
  | { readonly type: "chart-fleet" }
  | { readonly type: "theme" }
  | { readonly type: "depth" }
  | { readonly type: "glyphs" }
  /** Shows an instant (ms since the epoch); undefined: live. */
  | { readonly type: "moment"; readonly at: number | undefined }
  | { readonly type: "go-to-open" }
  | { readonly type: "go-to-text"; readonly text: string }
  | { readonly type: "notice"; readonly notice: Notice | undefined };

/** The next state. Pure: the action contains all inputs. */
export function reduce(state: UiState, action: UiAction): UiState {
  switch (action.type) {
    case "view":
      return { ...state, view: action.view, mode: BROWSE, focus: viewSpec(action.view).focus };
    case "open":
      return reduce({ ...state, selected: action.entity }, { type: "view", view: "detail" });
    case "back":
      return back(state);
    case "help":
      return { ...state, mode: { type: "help", scroll: 0 } };
    case "scroll-help":
      return state.mode.type === "help"
        ? { ...state, mode: { type: "help", scroll: Math.max(0, action.rows) } }
        : state;
    case "select":
      return { ...state, selected: action.entity };
    case "cursor":
      return { ...state, cursors: { ...state.cursors, [action.panel]: action.item } };
    case "focus":
      return { ...state, focus: action.panel };
    case "sort":
      return { ...state, sort: action.by, reversed: false };
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
      return { ...state, mode: { type: "palette", text: action.text ?? "", index: 0 } };
    case "palette-text":
      return { ...state, mode: { type: "palette", text: action.text, index: 0 } };
    case "palette-move":
      return state.mode.type === "palette"
        ? { ...state, mode: { ...state.mode, index: action.index } }
        : state;
    case "menu-open":
      return {
        ...state,
        mode: { type: "fault-menu", entity: action.entity, index: 0, steps: {} },
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

/** In the order of the key `c`. */
const DEPTHS = ["truecolor", "256", "16", "none"] as const satisfies readonly ColorDepth[];

/** Esc closes the innermost open element; it never quits. */
function back(state: UiState): UiState {
  if (state.mode.type === "filter") return { ...state, mode: BROWSE, filter: state.mode.before };
  if (state.mode.type !== "browse") return { ...state, mode: BROWSE };
  if (state.view !== HOME) return reduce(state, { type: "view", view: HOME });
  if (state.filter !== "") return { ...state, filter: "" };
  if (state.moment !== undefined) return { ...state, moment: undefined };
  return reduce(state, { type: "focus", panel: viewSpec(HOME).focus });
}
