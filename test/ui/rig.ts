import { compose } from "../../src/ui/screen/compose.ts";
import { footerLine } from "../../src/ui/screen/footer.ts";
import { createSession } from "../../src/ui/session.ts";
import type { Line } from "../../src/ui/text/line.ts";
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
    looks: { themeIndex: 0, depth: "truecolor", unicode },
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
  const rows = Array.from({ length: view.size.height }, () => "");
  for (const { y, rows: painted } of compose(view)) {
    for (const [index, { line }] of painted.entries()) rows[y + index] += textOf(line);
  }
  return rows;
}
