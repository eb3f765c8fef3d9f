import type { ColorDepth } from "../terminal/color-depth.ts";
import { incidentKey } from "./alerts/keys.ts";
import {
  BROWSE,
  filterOf,
  type MenuSteps,
  type Notice,
  type Sort,
  type UiState,
  type ViewName,
  type Visited,
  withFilter,
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
  /** Another page of the same view. @param focus the panel to focus; absent: that of the page */
  | { readonly type: "page"; readonly view: ViewName; readonly focus?: string }
  /** The detail view of one entity. */
  | { readonly type: "open"; readonly entity: string }
  /** The details of an alert or an incident, by the key of its row in the console. */
  | { readonly type: "open-alert" | "open-incident"; readonly item: string }
  /** The delivery at the cursor of the list. */
  | { readonly type: "open-delivery" }
  | { readonly type: "expand"; readonly incident: number; readonly open: boolean }
  /** Hides the alerts of an incident; the cursor of the console moves to it. */
  | { readonly type: "fold"; readonly incident: number }
  /** Marks these alerts (fingerprints), or removes their marks if all have one. */
  | { readonly type: "mark"; readonly alerts: readonly string[] }
  | { readonly type: "rule-test"; readonly rule: string; readonly text: string }
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
      return { ...shown(state, action.view), trail: [] };
    case "page":
      return shown(state, action.view, action.focus);
    case "open":
      return opened({ ...state, selected: action.entity }, "detail");
    case "open-alert":
      return opened({ ...state, opened: action.item }, "alert");
    case "open-incident":
      return opened({ ...state, opened: action.item }, "incident");
    case "open-delivery":
      return opened(state, "delivery");
    case "expand":
      return { ...state, expanded: withMember(state.expanded, action.incident, action.open) };
    case "fold": {
      const cursors = { ...state.cursors, console: incidentKey({ id: action.incident }) };
      return { ...state, cursors, expanded: withMember(state.expanded, action.incident, false) };
    }
    case "mark":
      return { ...state, marked: toggled(state.marked, action.alerts) };
    case "rule-test":
      return { ...state, mode: { type: "rule-test", rule: action.rule, text: action.text } };
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
      return { ...state, mode: { type: "filter", before: filterOf(state) } };
    case "filter-text":
      return withFilter(state, action.text);
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

/** Shows a view without leaving a trace. */
function shown(state: UiState, view: ViewName, focus: string = viewSpec(view).focus): UiState {
  return { ...state, view, mode: BROWSE, focus };
}

/** Opens a view on top of the current one: Esc returns to it. */
function opened(state: UiState, view: ViewName): UiState {
  const here: Visited = { view: state.view, focus: state.focus };
  const trail = state.view === view ? state.trail : [...state.trail, here];
  return { ...shown(state, view), trail: trail.slice(-LONGEST_TRAIL) };
}

/** From details one can go on to other details for ever. */
const LONGEST_TRAIL = 20;

function withMember<T>(set: ReadonlySet<T>, member: T, isIn: boolean): ReadonlySet<T> {
  const changed = new Set(set);
  if (isIn) changed.add(member);
  else changed.delete(member);
  return changed;
}

function toggled(marked: ReadonlySet<string>, alerts: readonly string[]): ReadonlySet<string> {
  const areMarked = alerts.every((alert) => marked.has(alert));
  const changed = new Set(marked);
  for (const alert of alerts) {
    if (areMarked) changed.delete(alert);
    else changed.add(alert);
  }
  return changed;
}

/** Esc closes the innermost open element; it never quits. */
function back(state: UiState): UiState {
  if (state.mode.type === "filter") return { ...withFilter(state, state.mode.before), mode: BROWSE };
  if (state.mode.type !== "browse") return { ...state, mode: BROWSE };
  const { filters, pageOf } = viewSpec(state.view);
  if (filters === "alerts" && state.marked.size > 0) return { ...state, marked: new Set() };
  const last = state.trail.at(-1);
  if (last !== undefined) return { ...shown(state, last.view, last.focus), trail: state.trail.slice(0, -1) };
  if (pageOf !== undefined) return shown(state, pageOf as ViewName);
  if (filters === "alerts" && state.alertFilter !== "") return { ...state, alertFilter: "" };
  if (state.view !== HOME) return reduce(state, { type: "view", view: HOME });
  if (state.filter !== "") return { ...state, filter: "" };
  if (state.moment !== undefined) return { ...state, moment: undefined };
  return reduce(state, { type: "focus", panel: viewSpec(HOME).focus });
}
