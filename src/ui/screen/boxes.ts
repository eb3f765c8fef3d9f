import type { PanelInstance } from "../panel-instance.ts";

/** A panel with its place: its outer size in columns and rows, and whether a frame is drawn around it. */
export interface PanelBox {
  readonly panel: PanelInstance;
  readonly width: number;
  readonly height: number;
  readonly framed: boolean;
}

/** How much of the screen there is to use; each step down drops what matters least. */
export type Room = "wide" | "tall" | "full" | "medium" | "compact" | "words";

/** A panel that the arrows can move in. */
export interface FocusPanel {
  readonly panel: PanelInstance;
  /** Moving in it selects an entity; otherwise it moves the panel's own cursor. */
  readonly selects: boolean;
}

export interface Layout {
  readonly room: Room;
  /** Rows of panels from top to bottom, between header and footer. */
  readonly rows: readonly (readonly PanelBox[])[];
  /** Rows between header and footer. */
  readonly bodyHeight: number;
  /** One row under the header for what is wrong with the config. */
  readonly banner: boolean;
  readonly footer: boolean;
  /** The panels that Tab goes through. */
  readonly focusable: readonly FocusPanel[];
}
