import type { EntitySnapshot, Monitor, Snapshot } from "../monitor/types.ts";
import { glyphsFor } from "../terminal/glyphs.ts";
import { panelKind } from "./panels/index.ts";
import type { PanelKind } from "./panels/types.ts";
import type { Layout } from "./screen/boxes.ts";
import { layoutOf } from "./screen/layout.ts";
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
    ui: { ...ui, focus: focusIn(layout, ui.focus) },
    glyphs: glyphsFor(ui.unicode),
    sections,
    entities,
    selected,
    size,
    drawing,
    layout,
    itemsIn: (panel) => kindOf(panel.kind)?.items?.(view, panel) ?? [],
    entityOf: (panel, item) => kindOf(panel.kind)?.entityOf?.(view, item),
    memory,
  };
  return { ...view, ui: withCursor(view) };
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
 * The focused panel gets a cursor with its first item, so that later additions do not move under it. An item
 * can be missing at a past instant and return later, so its key is kept while paused.
 */
function withCursor({ ui, layout, itemsIn }: View): UiState {
  const focus = layout.focusable.find(({ panel }) => panel.id === ui.focus);
  if (!focus || focus.selects) return ui;
  const { id } = focus.panel;
  const key = ui.cursors[id];
  if (key !== undefined && ui.moment !== undefined) return ui;
  const items = itemsIn(focus.panel);
  const first = items[0];
  if (first === undefined || (key !== undefined && items.includes(key))) return ui;
  return { ...ui, cursors: { ...ui.cursors, [id]: first } };
}
