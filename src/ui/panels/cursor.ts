import type { EntitySnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import type { PanelInstance } from "./types.ts";

/** The place of a panel's cursor among its items; the first where it has none or its item is gone. */
export function cursorIndex(
  { ui }: Pick<View, "ui">,
  { id }: Pick<PanelInstance, "id">,
  keys: readonly string[],
): number {
  const key = ui.cursors[id];
  return key === undefined ? 0 : Math.max(0, keys.indexOf(key));
}

/**
 * The entity that a panel is limited to; undefined: it shows all of them. With the option `scope` as "selected"
 * or "all"; without it, the selected one in the detail view.
 */
export function scopeOf({ ui, selected }: View, { options }: PanelInstance): EntitySnapshot | undefined {
  const scope = options.scope ?? (ui.view === "detail" ? "selected" : "all");
  return scope === "selected" ? selected : undefined;
}
