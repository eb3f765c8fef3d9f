import type { EntitySnapshot, Monitor, Snapshot } from "../monitor/types.ts";
import { glyphsFor } from "../terminal/glyphs.ts";
import { panelKind } from "./panels/index.ts";
import type { PanelKind } from "./panels/types.ts";
import { reduce } from "./reducer.ts";
import type { Layout } from "./screen/boxes.ts";
import { layoutOf } from "./screen/layout.ts";
import { hasOverlay } from "./screen/overlays.ts";
import { kindsOf, sectionsOf } from "./sections.ts";
import type { UiState } from "./state.ts";
import type { ChartMemory, Drawing, Size, View } from "./view.ts";

export interface ViewInput {
  readonly monitor: Monitor;
  readonly ui: UiState;
  /** The snapshot shown by the paused screen; undefined: live. */
  readonly past: Snapshot | undefined;
  readonly size: Size;
  readonly drawing: Drawing | undefined;
  readonly memory: ChartMemory;
  /** The items of the panel that was focused in the last view: its cursor moves to a neighbour of one that went. */
  readonly before?: ListedItems | undefined;
}

/** The items of a panel. */
export interface ListedItems {
  readonly panel: string;
  readonly items: readonly string[];
}

/** Creates the view of a session. */
export function makeView(input: ViewInput): View {
  const { monitor, ui, past, size, drawing, memory } = input;
  const live = monitor.snapshot();
  const snapshot = past ?? live;
  const sections = sectionsOf(snapshot.entities, monitor.kinds.entities, ui);
  const entities = sections.flatMap((section) => section.entities);
  const selected = entities.find(({ name }) => name === ui.selected) ?? entities[0];
  const layout = currentLayout(input, selected);
  const view: View = {
    snapshot,
    at: ui.moment ?? live.at,
    live,
    history: monitor.history,
    kinds: monitor.kinds,
    // A menu over the view applies to what has the focus below it.
    ui: hasOverlay(ui.mode) ? ui : { ...ui, focus: focusIn(layout, ui.focus) },
    glyphs: glyphsFor(ui.unicode),
    sections,
    entities,
    selected,
    size,
    drawing,
    layout,
    itemsIn: (panel) => kindOf(panel.kind)?.items?.(view, panel) ?? [],
    entityOf: (panel, item) => kindOf(panel.kind)?.entityOf?.(view, item),
    opens: (panel, item) => kindOf(panel.kind)?.opens?.(view, item),
    tryRule: (rule, values) => monitor.tryRule(rule, values),
    memory,
  };
  return withCursor(view, input.before);
}

/** The items of the focused panel, if it has a cursor of its own. */
export function listedItems({ ui, layout, itemsIn }: View): ListedItems | undefined {
  const focus = layout.focusable.find(({ panel }) => panel.id === ui.focus);
  if (!focus || focus.selects) return undefined;
  return { panel: focus.panel.id, items: itemsIn(focus.panel) };
}

/** Only the layout, which is cheaper than the whole view. */
export function currentLayout({ monitor, ui, past, size }: ViewInput, selected?: EntitySnapshot): Layout {
  const { entities, config } = past ?? monitor.snapshot();
  return layoutOf({
    ...size,
    ui,
    entityCount: entities.length,
    sectionCount: kindsOf(entities).size,
    banner: config.problem !== undefined,
    focusOf,
    isEmpty: (kind) => kindOf(kind)?.isEmpty?.(monitor.history, selected) ?? false,
  });
}

function kindOf(name: string): PanelKind | undefined {
  return panelKind(name);
}

function focusOf(name: string): "none" | "cursor" | "selects" {
  const kind = kindOf(name);
  if (kind?.selects) return "selects";
  return kind?.items ? "cursor" : "none";
}

/** The focused panel, or the first focusable one if that panel is not on the screen. */
function focusIn({ focusable }: Layout, wanted: string): string {
  const isShown = focusable.some(({ panel }) => panel.id === wanted);
  return isShown ? wanted : (focusable[0]?.panel.id ?? wanted);
}

/**
 * The focused panel gets a cursor with its first item, so that later additions do not move under it. An item that
 * moved into a closed one is shown again; the cursor of one that went moves to the next one below. An item can be
 * missing at a past instant and return later, so its key is kept while paused.
 */
function withCursor(view: View, before: ListedItems | undefined): View {
  const { ui, layout } = view;
  const focus = layout.focusable.find(({ panel }) => panel.id === ui.focus);
  if (!focus || focus.selects) return view;
  const { id, kind } = focus.panel;
  const key = ui.cursors[id];
  const items = view.itemsIn(focus.panel);
  if (key !== undefined && items.includes(key)) return view;
  const reveal = key === undefined ? undefined : kindOf(kind)?.reveals?.(view, key);
  if (reveal !== undefined) return withUi(view, reduce(ui, reveal));
  if (key !== undefined && ui.moment !== undefined) return view;
  const next = neighbour(items, key, before?.panel === id ? before.items : []);
  return next === undefined ? view : withUi(view, { ...ui, cursors: { ...ui.cursors, [id]: next } });
}

/** The item below the one that went, else the nearest above, else the first. */
function neighbour(
  items: readonly string[],
  gone: string | undefined,
  before: readonly string[],
): string | undefined {
  const at = gone === undefined ? -1 : before.indexOf(gone);
  if (at < 0) return items[0];
  const left = new Set(items);
  const isLeft = (key: string) => left.has(key);
  return before.slice(at + 1).find(isLeft) ?? before.slice(0, at).findLast(isLeft) ?? items[0];
}

/** The same view in another state; its functions read that state too. */
function withUi(view: View, ui: UiState): View {
  const changed: View = {
    ...view,
    ui,
    itemsIn: (panel) => kindOf(panel.kind)?.items?.(changed, panel) ?? [],
    entityOf: (panel, item) => kindOf(panel.kind)?.entityOf?.(changed, item),
    opens: (panel, item) => kindOf(panel.kind)?.opens?.(changed, item),
  };
  return changed;
}
