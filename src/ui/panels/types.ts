import type { Row } from "../text/rows.ts";
import type { Size, View } from "../view.ts";

/** A kind of panel: what it is called and how it fills a box. Pure: the same view gives the same rows. */
export interface PanelKind {
  readonly kind: string;
  /** What it shows and in which unit; stands in its frame. */
  title(view: View): string;
  /** How many things the arrows can move over; a panel without this cannot get the focus. */
  items?(view: View): number;
  /** Rows from top to bottom, at most `size.height`; each is cut or filled to `size.width` by the frame. */
  paint(view: View, size: Size): readonly Row[];
}
