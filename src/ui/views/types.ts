import type { PanelInstance, PanelOptions } from "../panel-instance.ts";

/**
 * The height of a row of panels, including frames. Heights are assigned from top to bottom; `rest` rows
 * share the remainder.
 */
export type Height =
  | "rest"
  /**
   * A number of rows; fewer, but at least `atLeast`, if less than `leaves` would remain for the following
   * rows.
   */
  | { readonly rows: number; readonly atLeast?: number; readonly leaves?: number | "entities" }
  /** A share 0..1 of the whole body, or of the space left by previous rows. */
  | {
      readonly share: number;
      readonly of: "body" | "left";
      readonly atLeast?: number;
      readonly atMost?: number;
    }
  /**
   * As high as its entities, with one heading in total or per section, but at most a share 0..1 of the body.
   * and so high that `leaves` rows remain for the others. `atLeast` is the minimum of both limits.
   */
  | {
      readonly entities: "one-heading" | "sections";
      readonly share: number;
      readonly atLeast: number;
      readonly leaves?: number;
    };

/** A share 0..1 of the screen width, with a maximum in columns. The last box of a row gets the rest. */
export interface Width {
  readonly share: number;
  readonly atMost?: number;
}

export interface BoxSpec {
  readonly panel: PanelInstance;
  /** Default: the remaining width. */
  readonly width?: Width;
}

/** Panels side by side. */
export interface RowSpec {
  readonly height: Height;
  readonly framed: boolean;
  readonly boxes: readonly BoxSpec[];
  /** Shown only if the body has at least this many rows. */
  readonly minBody?: number;
}

/** The layout of a view for each size class. `wide`, `tall` and `medium` fall back to `full`. */
export interface LayoutsBySize {
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
  /** The key that opens it; absent: it is opened from another view. */
  readonly key?: string;
  /** The view that it is a page of: Tab goes from there through its pages, Esc back. */
  readonly pageOf?: string;
  /** What `/` filters here. Default: entities. */
  readonly filters?: "alerts";
  /** One short sentence for the help and the README, without a full stop. */
  readonly description: string;
  /** The id of the panel that is focused when the view opens. */
  readonly focus: string;
  readonly layouts: LayoutsBySize;
}

/** An instance of a panel kind; its id is the name of the kind by default. */
export function panel(kind: string, options: PanelOptions = {}, id: string = kind): PanelInstance {
  return { id, kind, options };
}

/** A box with a share 0..1 of the width, at most `atMost` columns. */
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
