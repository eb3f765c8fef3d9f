import { Box } from "ink";
import { useSyncExternalStore } from "react";
import { compose } from "../screen/compose.ts";
import type { Session } from "../session.ts";
import { Help } from "./Help.tsx";
import { Lines } from "./Lines.tsx";
import { useKeys } from "./use-keys.ts";

export interface InkScreenProps {
  readonly session: Session;
}

/**
 * The same screen, laid out and written only by Ink on every tick: the reference of the drawing benchmark.
 */
export function InkScreen({ session }: InkScreenProps) {
  const view = useSyncExternalStore(session.subscribe, session.view);
  const { help } = session.shape();
  useKeys(session);
  const rows = [...Map.groupBy(compose(view), ({ y }) => y).values()];
  const drawn = rows.map((regions) => (
    <Box key={regions[0]!.y} flexDirection="row">
      {regions.map(({ x, width, rows: lines }) => (
        <Lines key={x} rows={lines} width={width} palette={session.palette()} />
      ))}
    </Box>
  ));
  if (help !== undefined) {
    drawn.splice(-1, 0, <Help key="help" session={session} help={help} height={view.layout.bodyHeight} />);
  }
  return (
    <Box flexDirection="column" width={view.size.width} height={view.size.height} overflow="hidden">
      {drawn}
    </Box>
  );
}
