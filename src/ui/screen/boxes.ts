/** A panel with its place: its outer size in columns and rows, and whether a frame is drawn around it. */
export interface PanelBox {
  /** The name of its kind. */
  readonly panel: string;
  readonly width: number;
  readonly height: number;
  readonly framed: boolean;
}

/** How much of the screen there is to use; each step down drops what matters least. */
export type Room = "full" | "medium" | "compact" | "words";

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
  readonly focusable: readonly string[];
}
