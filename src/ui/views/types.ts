import type { PanelInstance, PanelOptions } from "../panel-instance.ts";

/**
 * How high a row of panels is, frames included. Rows get their height from top to bottom; `rest` shares what
 * they leave.
 */
export type Height =
  | "rest"
  /** So many rows; fewer, but at least `atLeast`, where less than `leaves` would be left for what follows. */
  | { readonly rows: number; readonly atLeast?: number; readonly leaves?: number | "entities" }
  /** A share 0..1 of the whole body, or of what the rows so far have left. */
  | {
      readonly share: number;
      readonly of: "body" | "left";
      readonly atLeast?: number;
      readonly atMost?: number;
    }
  /**
   * As high as its entities, with one heading in all or one per section, but at most a share 0..1 of the body.
   * `atLeast` limits that share from below.
   */
  | { readonly entities: "one-heading" | "sections"; readonly share: number; readonly atLeast: number };

/** A share 0..1 of the width of the screen, at most so many columns. The last box of a row gets the rest. */
export interface Width {
  readonly share: number;
  readonly atMost?: number;
}

export interface BoxSpec {
  readonly panel: PanelInstance;
  /** Without one: what the others leave. */
  readonly width?: Width;
}

/** Panels beside each other. */
export interface RowSpec {
  readonly height: Height;
  readonly framed: boolean;
  readonly boxes: readonly BoxSpec[];
  /** Only on bodies with at least this many rows. */
  readonly minBody?: number;
}

/** How a view divides each room. `wide`, `tall` and `medium` fall back to `full`. */
export interface RoomLayouts {
  /** From 160x28. */
  readonly wide?: readonly RowSpec[];
  /** From 100x50. */
  readonly tall?: readonly RowSpec[];
  /** From 100x28. */
  readonly full: readonly RowSpec[];
  /** From 60x16. */
  readonly medium?: readonly RowSpec[];
  /** From 40x10. */
  readonly compact: readonly RowSpec[];
}

/** A view: panels in a layout. Plain data. */
export interface ViewSpec {
  readonly name: string;
  /** The key that opens it. */
  readonly key: string;
  /** One short sentence for the help and the README, without its full stop. */
  readonly description: string;
  /** The id of the panel that the arrows move in when the view opens. */
  readonly focus: string;
  readonly layouts: RoomLayouts;
}

/** An instance of a panel kind; its id is the name of the kind unless another one is given. */
export function panel(kind: string, options: PanelOptions = {}, id: string = kind): PanelInstance {
  return { id, kind, options };
}

/** A box that takes a share 0..1 of the width, at most `atMost` columns. */
export function part(share: number, instance: PanelInstance, atMost?: number): BoxSpec {
  return { panel: instance, width: atMost === undefined ? { share } : { share, atMost } };
}

/** A row of framed boxes. */
export function row(height: Height, ...boxes: readonly (BoxSpec | PanelInstance)[]): RowSpec {
  return {
    height,
    framed: true,
    boxes: boxes.map((box) => ("panel" in box ? box : { panel: box })),
  };
}

/** A row without a frame, for small screens. */
export function bare(height: Height, instance: PanelInstance): RowSpec {
  return { height, framed: false, boxes: [{ panel: instance }] };
}
