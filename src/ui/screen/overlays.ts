import type { Mode } from "../state.ts";
import { TABLE } from "../views/table.ts";
import { bare, type LayoutsBySize, panel, row } from "../views/types.ts";

/** Replaces the view while a menu is open; the table stays visible above it. */
const overlay = (kind: string): LayoutsBySize => ({
  full: [TABLE, row("rest", panel(kind))],
  compact: [bare("rest", panel(kind))],
});

const OVERLAYS: Readonly<Partial<Record<Mode["type"], LayoutsBySize>>> = {
  palette: overlay("palette"),
  "fault-menu": overlay("fault-menu"),
  "rule-test": {
    full: [row({ share: 0.4, of: "body" }, panel("rules")), row("rest", panel("rule-test"))],
    compact: [bare("rest", panel("rule-test"))],
  },
};

/** Whether a menu covers the panels of the view. */
export function hasOverlay({ type }: Mode): boolean {
  return type in OVERLAYS;
}

/** The layouts of the open menu; undefined while none is open. */
export function overlayLayouts(mode: Mode): LayoutsBySize | undefined {
  return OVERLAYS[mode.type];
}
