import { compose } from "../../src/ui/screen/compose.ts";
import { footerLine } from "../../src/ui/screen/footer.ts";
import { createSession, type Session } from "../../src/ui/session.ts";
import type { Line } from "../../src/ui/text/line.ts";
import type { View } from "../../src/ui/view.ts";
import { type MonitorHarness, startMonitor } from "../monitor/harness.ts";

export interface SessionOptions {
  readonly width?: number;
  readonly height?: number;
  readonly unicode?: boolean;
}

/** A session on a monitor in virtual time. */
export function startSession({ config, ...options }: SessionOptions & { readonly config?: string } = {}) {
  return openSession(startMonitor(config), options);
}

/** Another session on a running monitor. */
export function openSession(monitor: MonitorHarness, options: SessionOptions = {}) {
  const { width = 120, height = 40, unicode = true } = options;
  let quits = 0;
  const session = createSession({
    monitor: monitor.monitor,
    displaySettings: { themeIndex: 0, depth: "truecolor", unicode },
    size: { width, height },
    onQuit: () => {
      quits += 1;
    },
  });
  return {
    ...monitor,
    session,
    press: (keys: string) => pressKeys(session, keys),
    quits: () => quits,
    screen: () => screenOf(session.view()),
    footer: () => textOf(footerLine(session.view())),
  };
}

/** Presses single-character keys, or named ones in angle brackets: "jj<enter>". */
export function pressKeys(session: Session, keys: string): void {
  for (const [, named, plain] of keys.matchAll(/<([^>]+)>|(.)/g)) session.press(named ?? plain!);
}

export const textOf = (line: Line) => line.map(({ text }) => text).join("");

/** The screen as text, row by row, without the help. */
export function screenOf(view: View): string[] {
  const rows = Array.from({ length: view.size.height }, () => "");
  for (const { y, rows: painted } of compose(view)) {
    for (const [index, { line }] of painted.entries()) rows[y + index] += textOf(line);
  }
  return rows;
}
