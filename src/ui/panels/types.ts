import type { EntitySnapshot, History } from "../../monitor/types.ts";
import type { PanelInstance, PanelOptions } from "../panel-instance.ts";
import type { UiAction } from "../reducer.ts";
import type { Span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import type { Size, View } from "../view.ts";

export type { PanelInstance, PanelOptions };

/** A kind of panel: its title and its rows. Pure: the same view gives the same rows. */
export interface PanelKind {
  readonly kind: string;
  readonly description: string;
  /** Content and unit, shown in its frame. */
  title(view: View, panel: PanelInstance): string;
  /**
   * The keys of its items, in order: an alert's id, an entity's name. A cursor is the key of an item, never
   * an index. A panel without items cannot be focused.
   */
  items?(view: View, panel: PanelInstance): readonly string[];
  /**
   * Moving selects an entity, as in the table: the items are entity names and the panel has no own cursor.
   */
  readonly selects?: true;
  /** The entity that Enter opens for an item; undefined: the selected one. */
  entityOf?(view: View, item: string): string | undefined;
  /** What Enter does with an item; undefined: it opens its entity. */
  opens?(view: View, item: string): UiAction | undefined;
  /** Makes an item that is listed inside another one visible again. */
  reveals?(view: View, item: string): UiAction | undefined;
  /** Rows from top to bottom, at most `size.height`; the frame cuts or pads them to `size.width`. */
  paint(view: View, size: Size, panel: PanelInstance): readonly Row[];
  /** What has no row at this size, in the bottom edge of its frame: "and 3 more". */
  footnote?(view: View, size: Size, panel: PanelInstance): Span | undefined;
  /** True if it has nothing to show about the selected entity: the panels beside it get its room. */
  isEmpty?(history: History, selected: EntitySnapshot | undefined): boolean;
}
