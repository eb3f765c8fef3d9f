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
 * The screen of one session. Content that changes with every tick is painted into live areas by
 * `paintRegions`, so Ink lays this out again only if the layout changes: another size, or the help.
 */
export function App({ session }: AppProps) {
  const { width, height, bodyTop, bodyHeight, help } = useSyncExternalStore(session.subscribe, session.shape);
  useKeys(session);
  if (help === undefined) return <Live width={width} height={height} />;
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Live width={width} height={bodyTop} />
      <Help session={session} help={help} height={bodyHeight} />
      <Live width={width} height={height - bodyTop - bodyHeight} />
    </Box>
  );
}
