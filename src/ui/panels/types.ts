import type { PanelInstance, PanelOptions } from "../panel-instance.ts";
import type { Row } from "../text/rows.ts";
import type { Size, View } from "../view.ts";

export type { PanelInstance, PanelOptions };

/** A kind of panel: its title and how it fills a box. Pure: the same view gives the same rows. */
export interface PanelKind {
  readonly kind: string;
  readonly description: string;
  /** What it shows and in which unit; stands in its frame. */
  title(view: View, panel: PanelInstance): string;
  /**
   * The keys of the items that the arrows move over, in order: an alert's id, an entity's name. A cursor is the
   * key of an item, never an index. A panel without this cannot get the focus.
   */
  items?(view: View, panel: PanelInstance): readonly string[];
  /** Moving in it selects an entity, as in the table: its items are entity names and it has no cursor of its own. */
  readonly selects?: true;
  /** The entity that Enter opens for an item; undefined: the selected one. */
  entityOf?(view: View, item: string): string | undefined;
  /** Rows from top to bottom, at most `size.height`; each is cut or filled to `size.width` by the frame. */
  paint(view: View, size: Size, panel: PanelInstance): readonly Row[];
}
