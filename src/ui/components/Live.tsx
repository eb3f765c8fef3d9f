import { Text } from "ink";
import { LIVE } from "../../terminal/cells.ts";

export interface LiveProps {
  readonly width: number;
  readonly height: number;
}

/** Room for regions that are painted straight into cells: Ink lays it out once and is then left in peace. */
export function Live({ width, height }: LiveProps) {
  return <Text wrap="truncate-end">{liveText(width, height)}</Text>;
}

/** A frame, or a part of one, that is all live. */
export function liveText(width: number, height: number): string {
  return Array<string>(height).fill(LIVE.repeat(width)).join("\n");
}
