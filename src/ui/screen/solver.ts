import type { BoxSpec, Height, RowSpec, Width } from "../views/types.ts";
import type { PanelBox } from "./boxes.ts";

/** Rows and columns of a frame. */
export const FRAME = 2;

/** The available space and the inputs of row heights. */
export interface Space {
  readonly width: number;
  readonly height: number;
  /** All entities, ignoring the filter, so that the layout is stable while typing. */
  readonly entityCount: number;
  readonly sectionCount: number;
  /** Whether panels of a kind have nothing to show; their space goes to others. */
  readonly isEmpty?: (kind: string) => boolean;
}

const share = (whole: number, part: number) => Math.round(whole * part);
const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/**
 * The boxes of a layout. They fill the space exactly, each with at least one row and column; rows and boxes
 * without space are omitted.
 */
export function solve(layout: readonly RowSpec[], space: Space): readonly (readonly PanelBox[])[] {
  const rows = withoutEmpty(layout, space).filter(({ minBody = 0 }) => space.height >= minBody);
  const heights = rowHeights(rows, space);
  return rows.flatMap((row, index) => {
    const height = heights[index]!;
    if (height === 0) return [];
    const widths = boxWidths(row.boxes, space.width);
    const boxes = row.boxes.flatMap(({ panel }, at): PanelBox[] =>
      widths[at]! > 0 ? [{ panel, width: widths[at]!, height, framed: row.framed }] : [],
    );
    return boxes.length > 0 ? [boxes] : [];
  });
}

/** The rows without the boxes that have nothing to show, unless that is all there is. */
function withoutEmpty(
  layout: readonly RowSpec[],
  { isEmpty = () => false }: Pick<Space, "isEmpty">,
): readonly RowSpec[] {
  const rows = layout.flatMap((row): RowSpec[] => {
    const boxes = row.boxes.filter(({ panel }) => !isEmpty(panel.kind));
    return boxes.length > 0 ? [{ ...row, boxes }] : [];
  });
  return rows.length > 0 ? rows : layout;
}

function rowHeights(rows: readonly RowSpec[], space: Space): readonly number[] {
  let left = space.height;
  const heights = rows.map(({ height, framed }) => {
    if (height === "rest") return 0;
    const rowsOf = clamp(fixedHeight(height, framed, left, space), 0, left);
    left -= rowsOf;
    return rowsOf;
  });
  // If no row takes the rest, the last one does, so that no part of the screen stays empty.
  const flexible = rows.flatMap(({ height }, index) => (height === "rest" ? [index] : []));
  const targets = flexible.length > 0 ? flexible : [rows.length - 1];
  for (const [nth, index] of targets.entries()) {
    const taken = Math.round(left / (targets.length - nth));
    heights[index] = (heights[index] ?? 0) + taken;
    left -= taken;
  }
  return heights;
}

function fixedHeight(height: Exclude<Height, "rest">, framed: boolean, left: number, space: Space): number {
  if ("rows" in height) {
    const { rows, atLeast = rows, leaves = 0 } = height;
    return clamp(left - (leaves === "entities" ? space.entityCount : leaves), atLeast, rows);
  }
  if ("entities" in height) {
    const headings = height.entities === "sections" ? space.sectionCount : 1;
    const wanted = space.entityCount + headings + (framed ? FRAME : 0);
    const most = Math.min(share(space.height, height.share), space.height - (height.leaves ?? 0));
    return Math.min(wanted, Math.max(height.atLeast, most));
  }
  const whole = height.of === "body" ? space.height : left;
  return clamp(share(whole, height.share), height.atLeast ?? 0, height.atMost ?? left);
}

function boxWidths(boxes: readonly BoxSpec[], width: number): readonly number[] {
  let left = width;
  return boxes.map(({ width: wanted }, index) => {
    const open = boxes.slice(index).filter((box) => box.width === undefined).length;
    const isLast = index === boxes.length - 1;
    const columns = isLast ? left : wanted ? columnsOf(wanted, width) : Math.round(left / Math.max(1, open));
    const taken = clamp(columns, 0, left);
    left -= taken;
    return taken;
  });
}

function columnsOf({ share: part, atMost = Number.POSITIVE_INFINITY }: Width, width: number): number {
  return Math.min(atMost, share(width, part));
}
