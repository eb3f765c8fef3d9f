import type { Monitor, Snapshot } from "../monitor/types.ts";
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
  /** The snapshot of the instant that the paused screen shows; undefined: live. */
  readonly past: Snapshot | undefined;
  readonly size: Size;
  readonly drawing: Drawing | undefined;
  readonly memory: ChartMemory;
}

/** What a session shows. */
export function makeView(input: ViewInput): View {
  const { monitor, ui, past, size, drawing, memory } = input;
  const live = monitor.snapshot();
  const snapshot = past ?? live;
  const sections = sectionsOf(snapshot.entities, monitor.kinds.entities, ui);
  const entities = sections.flatMap((section) => section.entities);
  const layout = currentLayout(input);
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
    selected: entities.find(({ name }) => name === ui.selected) ?? entities[0],
    size,
    drawing,
    layout,
    itemsIn: (panel) => kindOf(panel.kind)?.items?.(view, panel) ?? [],
    entityOf: (panel, item) => kindOf(panel.kind)?.entityOf?.(view, item),
    memory,
  };
  return { ...view, ui: withCursor(view) };
}

/** The layout alone: cheaper than the whole view. */
export function currentLayout({ monitor, ui, past, size }: ViewInput): Layout {
  const { entities, config } = past ?? monitor.snapshot();
  return layoutOf({
    ...size,
    ui,
    entityCount: entities.length,
    sectionCount: kindsOf(entities).size,
    banner: config.problem !== undefined,
    focusOf,
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

/** The panel in focus, or the first that can have it where that one is not on the screen. */
function focusIn({ focusable }: Layout, wanted: string): string {
  const isShown = focusable.some(({ panel }) => panel.id === wanted);
  return isShown ? wanted : (focusable[0]?.panel.id ?? wanted);
}

/**
 * The panel in focus gets a cursor as soon as it has an item: what is added later must not move in under it.
 * An item that is not there at a past instant may be there again later, so its key is kept while paused.
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
