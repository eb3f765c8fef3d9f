import type { PanelInstance } from "../panel-instance.ts";

/** A placed panel: its outer size in columns and rows, and whether it has a frame. */
export interface PanelBox {
  readonly panel: PanelInstance;
  readonly width: number;
  readonly height: number;
  readonly framed: boolean;
}

/** Size classes of the screen; each smaller one drops the least important content. */
export type SizeClass = "wide" | "tall" | "full" | "medium" | "compact" | "words";

/** A panel that can be focused. */
export interface FocusPanel {
  readonly panel: PanelInstance;
  /** Moving in it selects an entity; otherwise it moves the panel's own cursor. */
  readonly selects: boolean;
}

export interface Layout {
  readonly sizeClass: SizeClass;
  /** Rows of panels from top to bottom, between header and footer. */
  readonly rows: readonly (readonly PanelBox[])[];
  /** Rows between header and footer. */
  readonly bodyHeight: number;
  /** One row under the header for a config problem. */
  readonly banner: boolean;
  readonly footer: boolean;
  /** The panels that Tab goes through. */
  readonly focusable: readonly FocusPanel[];
}
