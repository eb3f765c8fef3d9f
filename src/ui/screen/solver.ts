import type { BoxSpec, Height, RowSpec, Width } from "../views/types.ts";
import type { PanelBox } from "./boxes.ts";

/** Rows and columns of a frame. */
export const FRAME = 2;

/** What there is to divide, and what heights can depend on. */
export interface Space {
  readonly width: number;
  readonly height: number;
  /** All entities, whether or not they pass the filter: the layout keeps still while one types. */
  readonly entityCount: number;
  readonly sectionCount: number;
}

const share = (whole: number, part: number) => Math.round(whole * part);
const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/**
 * The boxes of a layout: together they fill the space exactly, each with at least one row and column. A row or
 * a box without any room is left out.
 */
export function solve(layout: readonly RowSpec[], space: Space): readonly (readonly PanelBox[])[] {
  const rows = layout.filter(({ minBody = 0 }) => space.height >= minBody);
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

function rowHeights(rows: readonly RowSpec[], space: Space): readonly number[] {
  let left = space.height;
  const heights = rows.map(({ height, framed }) => {
    if (height === "rest") return 0;
    const rowsOf = clamp(fixedHeight(height, framed, left, space), 0, left);
    left -= rowsOf;
    return rowsOf;
  });
  // Without a row for it the last one takes the rest: no part of the screen stays empty.
  const flexible = rows.flatMap(({ height }, index) => (height === "rest" ? [index] : []));
  const takers = flexible.length > 0 ? flexible : [rows.length - 1];
  for (const [nth, index] of takers.entries()) {
    const taken = Math.round(left / (takers.length - nth));
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
    return Math.min(wanted, Math.max(height.atLeast, share(space.height, height.share)));
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
