import { panelRows } from "../frame.ts";
import type { PanelBox } from "../layout.ts";
import type { Painter } from "../theme.ts";
import type { View } from "../view.ts";
import { Lines } from "./Lines.tsx";

export interface PanelProps {
  readonly view: View;
  readonly box: PanelBox;
  readonly painter: Painter;
}

/** One panel in its frame. */
export function Panel({ view, box, painter }: PanelProps) {
  return <Lines rows={panelRows(view, box)} width={box.width} painter={painter} />;
}
