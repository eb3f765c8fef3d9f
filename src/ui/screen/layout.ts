import type { UiState } from "../state.ts";
import { viewSpec } from "../views/index.ts";
import type { LayoutsBySize, RowSpec } from "../views/types.ts";
import type { FocusPanel, Layout, PanelBox, SizeClass } from "./boxes.ts";
import { overlayLayouts } from "./overlays.ts";
import { type Space, solve } from "./solver.ts";

export interface LayoutInput extends Space {
  /** `width` and `height` are those of the whole screen. */
  readonly ui: Pick<UiState, "view" | "mode">;
  readonly banner: boolean;
  /** Whether panels of a kind can be focused, and whether moving in them selects an entity. */
  readonly focusOf: (kind: string) => "none" | "cursor" | "selects";
}

/** Computes the layout. Pure: the same size and state give the same boxes, so nothing moves. */
export function layoutOf(input: LayoutInput): Layout {
  const sizeClass = sizeClassFor(input);
  const footer = sizeClass !== "words" && input.height >= 4;
  const banner = input.banner && sizeClass !== "words";
  const bodyHeight = Math.max(0, input.height - 1 - (footer ? 1 : 0) - (banner ? 1 : 0));
  const layouts = overlayLayouts(input.ui.mode) ?? viewSpec(input.ui.view).layouts;
  const rows =
    sizeClass === "words" ? [] : solve(layoutFor(sizeClass, layouts), { ...input, height: bodyHeight });
  return { sizeClass, rows, bodyHeight, banner, footer, focusable: focusable(rows, input) };
}

/** Widths and heights are those of the whole screen, in columns and rows. */
function sizeClassFor({ width, height }: LayoutInput): SizeClass {
  if (width < 40 || height < 10) return "words";
  if (width < 60 || height < 16) return "compact";
  if (width < 100 || height < 28) return "medium";
  if (width >= 160) return "wide";
  return height >= 50 ? "tall" : "full";
}

function layoutFor(sizeClass: Exclude<SizeClass, "words">, layouts: LayoutsBySize): readonly RowSpec[] {
  return layouts[sizeClass] ?? layouts.full;
}

function focusable(rows: readonly (readonly PanelBox[])[], { focusOf }: LayoutInput): readonly FocusPanel[] {
  return rows.flat().flatMap(({ panel }): FocusPanel[] => {
    // A panel that follows another has no cursor of its own.
    const focus = panel.options.follows === undefined ? focusOf(panel.kind) : "none";
    return focus === "none" ? [] : [{ panel, selects: focus === "selects" }];
  });
}
