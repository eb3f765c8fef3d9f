import type { EntitySnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import type { PanelInstance } from "./types.ts";

/** The index of a panel's cursor among its items; 0 without a cursor or if its item was removed. */
export function cursorIndex(
  { ui }: Pick<View, "ui">,
  { id }: Pick<PanelInstance, "id">,
  keys: readonly string[],
): number {
  const key = ui.cursors[id];
  return key === undefined ? 0 : Math.max(0, keys.indexOf(key));
}

/**
 * The entity in the scope of a panel; undefined: all entities. Set by the option `scope`, "selected" or
 * "all"; default: the selected one in the detail view.
 */
export function scopeOf({ ui, selected }: View, { options }: PanelInstance): EntitySnapshot | undefined {
  const scope = options.scope ?? (ui.view === "detail" ? "selected" : "all");
  return scope === "selected" ? selected : undefined;
}
