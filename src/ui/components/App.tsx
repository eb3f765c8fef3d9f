import { Box } from "ink";
import { useSyncExternalStore } from "react";
import type { Session } from "../session.ts";
import { Help } from "./Help.tsx";
import { Live } from "./Live.tsx";
import { useKeys } from "./use-keys.ts";

export interface AppProps {
  readonly session: Session;
}

/**
 * What Ink draws of the screen of one session: overlays with a layout of their own, now the help. All else is
 * painted into live areas by `paintRegions`. Without an overlay the whole screen is one live area, which
 * `watchScreen` sets up itself: Ink would make an object of each of its cells.
 */
export function App({ session }: AppProps) {
  const { width, height, bodyTop, bodyHeight, help } = useSyncExternalStore(session.subscribe, session.shape);
  useKeys(session);
  if (help === undefined) return null;
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Live width={width} height={bodyTop} />
      <Help session={session} help={help} height={bodyHeight} />
      <Live width={width} height={height - bodyTop - bodyHeight} />
    </Box>
  );
}
