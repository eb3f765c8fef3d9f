import { glyphsFor } from "../../src/terminal/glyphs.ts";
import { footerLine } from "../../src/ui/footer.ts";
import { panelRows } from "../../src/ui/frame.ts";
import { headerLine, wordsLines } from "../../src/ui/header.ts";
import { fitLine, type Line } from "../../src/ui/line.ts";
import { createSession } from "../../src/ui/session.ts";
import type { View } from "../../src/ui/view.ts";
import { startMonitor } from "../monitor/rig.ts";

/** A session on a monitor in virtual time. */
export function startSession(
  options: { config?: string; width?: number; height?: number; unicode?: boolean } = {},
) {
  const { config, width = 120, height = 40, unicode = true } = options;
  const rig = startMonitor(config);
  let quits = 0;
  const session = createSession({
    monitor: rig.monitor,
    glyphs: glyphsFor(unicode),
    themeIndex: 0,
    size: { width, height },
    onQuit: () => {
      quits += 1;
    },
  });
  return {
    ...rig,
    session,
    /** Presses single-character keys, or named ones in angle brackets: "jj<enter>". */
    press(keys: string) {
      for (const [, named, plain] of keys.matchAll(/<([^>]+)>|(.)/g)) session.press(named ?? plain!);
    },
    quits: () => quits,
    screen: () => screenOf(session.view()),
    footer: () => textOf(footerLine(session.view())),
  };
}

export const textOf = (line: Line) => line.map(({ text }) => text).join("");

/** The screen as text, row by row; the help is drawn elsewhere and left out. */
export function screenOf(view: View): string[] {
  const { width } = view.size;
  const row = (line: Line) => textOf(fitLine(line, width, view.glyphs.ellipsis));
  if (view.layout.room === "words") return wordsLines(view).map(row);
  const body = view.layout.rows.flatMap((boxes) => {
    const panels = boxes.map((box) => panelRows(view, box).map(({ line }) => textOf(line)));
    return Array.from({ length: boxes[0]!.height }, (_, index) =>
      panels.map((panel) => panel[index]).join(""),
    );
  });
  return [row(headerLine(view)), ...body, ...(view.layout.footer ? [row(footerLine(view))] : [])];
}
