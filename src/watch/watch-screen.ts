import type { Clock } from "../core/clock.ts";
import type { Monitor } from "../monitor/types.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { liveText } from "../terminal/cells.ts";
import type { Pace } from "../terminal/pace.ts";
import { openTerminal, type TerminalSession } from "../terminal/session.ts";
import { TtyOutput } from "../terminal/tty-output.ts";
import { compose } from "../ui/screen/compose.ts";
import { paintRegions } from "../ui/screen/paint.ts";
import { createSession, type Session } from "../ui/session.ts";
import { themeFor } from "../ui/text/theme.ts";
import type { Host } from "./host.ts";

/** How long to wait for a slow terminal to accept the last frame, ms. */
const LAST_FRAME_MS = 500;

export interface ScreenOptions {
  readonly monitor: Monitor;
  readonly host: Host;
  readonly capabilities: Capabilities;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Called when the first frame is on the terminal. */
  readonly onFirstFrame: () => void;
}

/** Shows the live screen until the user quits, a termination signal arrives, or the terminal is lost. */
export async function watchScreen(options: ScreenOptions): Promise<void> {
  const { monitor, host, capabilities, pace, clock } = options;
  const output = new TtyOutput(host.output, clock);
  const terminal = openTerminal({ input: host.input, output, capabilities, pace, clock, title: "faultline" });
  const ended = Promise.withResolvers<void>();
  const { depth, unicode, background } = capabilities;
  const session = createSession({
    monitor,
    displaySettings: { themeIndex: themeFor(background), depth, unicode },
    size: sizeOf(terminal),
    drawn: () => terminal.stats,
    onQuit: ended.resolve,
  });
  const cancels = [
    host.onSignal(ended.resolve),
    host.onContinue(() => terminal.enter()),
    // Restore the terminal before any exit, even a crash.
    host.atExit(() => terminal.leave()),
    paintInto(terminal, session),
  ];
  let unmount = () => {};
  let isMounted = false;
  terminal.stdout.on("resize", () => {
    session.resize(sizeOf(terminal));
    // Once mounted, Ink renders the frame for the new size.
    if (!isMounted) terminal.stdout.write(liveText(terminal.columns, terminal.rows));
  });
  terminal.onLost(() => ended.resolve());
  terminal.enter();
  terminal.stdout.write(liveText(terminal.columns, terminal.rows));
  try {
    // Ink takes time to load: the first frame is shown before that, and keys wait in the stream.
    await settledOrLate(terminal, clock);
    options.onFirstFrame();
    const { mountApp } = await import("./mount-app.tsx");
    unmount = mountApp(terminal, session);
    isMounted = true;
    await ended.promise;
  } finally {
    session.close();
    unmount();
    await settledOrLate(terminal, clock);
    terminal.leave();
    for (const cancel of cancels) cancel();
  }
}

/** Waits for the last frame, which would otherwise be drawn on the restored screen, but not forever. */
function settledOrLate(terminal: TerminalSession, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(LAST_FRAME_MS, resolve);
    void terminal.settled().then(() => {
      cancel();
      resolve();
    });
  });
}

/** Keeps the terminal in sync with the session. Returns a function that stops it. */
function paintInto(terminal: TerminalSession, session: Session): () => void {
  let depth = session.shape().displaySettings.depth;
  const stopPainting = terminal.addPainter((screen) =>
    paintRegions(screen, compose(session.view()), session.palette()),
  );
  const unsubscribe = session.subscribe(() => {
    const { displaySettings } = session.shape();
    if (displaySettings.depth !== depth) terminal.setDepth(displaySettings.depth);
    depth = displaySettings.depth;
    terminal.requestDraw();
  });
  return () => {
    unsubscribe();
    stopPainting();
  };
}

function sizeOf({ columns, rows }: TerminalSession): { width: number; height: number } {
  return { width: columns, height: rows };
}
