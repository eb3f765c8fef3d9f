import { Box, useInput, usePaste } from "ink";
import { useMemo, useSyncExternalStore } from "react";
import type { Capabilities } from "../../terminal/capabilities.ts";
import { footerLine } from "../footer.ts";
import { headerLine, wordsLines } from "../header.ts";
import { keyNames } from "../keymap/key-name.ts";
import { fitLine, type Line, span } from "../line.ts";
import type { Session } from "../session.ts";
import { createPainter, themes } from "../theme.ts";
import type { View } from "../view.ts";
import { Help } from "./Help.tsx";
import { Lines } from "./Lines.tsx";
import { Panel } from "./Panel.tsx";

export interface AppProps {
  readonly session: Session;
  readonly capabilities: Capabilities;
}

/** The whole screen of one person. */
export function App({ session, capabilities }: AppProps) {
  const view = useSyncExternalStore(session.subscribe, session.view);
  const { depth, dumb } = capabilities;
  const painter = useMemo(
    () => createPainter(themes[view.ui.themeIndex]!, depth, !dumb),
    [view.ui.themeIndex, depth, dumb],
  );
  useInput((input, key) => {
    for (const name of keyNames(input, key)) session.press(name);
  });
  usePaste((text) => session.paste(text));

  const { width, height } = view.size;
  const row = (line: Line) => (
    <Lines rows={[{ line: fitLine(line, width, view.glyphs.ellipsis) }]} width={width} painter={painter} />
  );
  if (view.layout.room === "words")
    return <Lines rows={wordsLines(view).map((line) => ({ line }))} width={width} painter={painter} />;
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {row(headerLine(view))}
      {view.layout.banner && row(bannerLine(view))}
      {view.ui.mode.type === "help" ? (
        <Help view={view} painter={painter} />
      ) : (
        view.layout.rows.map((boxes) => (
          <Box key={boxes.map(({ panel }) => panel).join()} flexDirection="row">
            {boxes.map((box) => (
              <Panel key={box.panel} view={view} box={box} painter={painter} />
            ))}
          </Box>
        ))
      )}
      {view.layout.footer && row(footerLine(view))}
    </Box>
  );
}

/** What is wrong with a newer config, for as long as the old one stays in force. */
function bannerLine({ snapshot, glyphs }: View): Line {
  return [
    span(` ${glyphs.critical} config refused, the old one stays: `, "critical"),
    span(snapshot.config.problem ?? "", "text"),
  ];
}
