import type { Clock } from "../core/clock.ts";
import { loadRegexEngine } from "../core/regex.ts";
import type { Monitor } from "../monitor/types.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { liveText } from "../terminal/cells.ts";
import type { Pace } from "../terminal/pace.ts";
import { openTerminal, type TerminalSession } from "../terminal/session.ts";
import { compose } from "../ui/screen/compose.ts";
import { paintRegions } from "../ui/screen/paint.ts";
import { createSession, type Session, type Shape } from "../ui/session.ts";
import { themeFor } from "../ui/text/theme.ts";
import { createExporter } from "./export.ts";
import type { Host } from "./host.ts";
import { localOperator } from "./local-operator.ts";
import { createSuspension, type Suspension } from "./suspend.ts";

/** How long to wait for a slow terminal to accept a frame, ms. */
const FIRST_FRAME_MS = 500;
const LAST_FRAME_MS = 300;

export interface ScreenOptions {
  readonly monitor: Monitor;
  readonly host: Host;
  readonly capabilities: Capabilities;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Called with the terminal before anything is drawn. */
  readonly onOpen?: (terminal: TerminalSession) => void;
  /** Called when the first frame is on the terminal. */
  readonly onFirstFrame: () => void;
}

/** Shows the live screen until the user quits, a termination signal arrives, or the terminal is lost. */
export async function watchScreen(options: ScreenOptions): Promise<void> {
  const { monitor, host, capabilities, pace, clock } = options;
  const terminal = openTerminal({
    input: host.input,
    output: host.openScreen(),
    capabilities,
    pace,
    clock,
    title: "faultline",
    mayDraw: () => suspension.mayDraw(),
  });
  options.onOpen?.(terminal);
  const suspension: Suspension = createSuspension(terminal, host.jobs, clock);
  const ended = Promise.withResolvers<void>();
  const { depth, unicode, background } = capabilities;
  const session = createSession({
    monitor,
    displaySettings: { themeIndex: themeFor(background), depth, unicode },
    size: sizeOf(terminal),
    operator: localOperator(host.userName),
    exporter: createExporter(host.cwd, host.env.HOME),
    drawn: () => terminal.stats,
    onQuit: ended.resolve,
    onSuspend: suspension.suspend,
  });
  const cancels = [
    host.onSignal(ended.resolve),
    suspension.end,
    // Restore the terminal before any exit, even a crash.
    host.atExit(() => terminal.leave()),
    paintInto(terminal, session),
  ];
  let unmount = () => {};
  terminal.stdout.on("resize", () => {
    session.resize(sizeOf(terminal));
    // Also if the size is the same again: nothing is drawn after a resize until there is a new frame.
    writeFrame(terminal, session.shape());
  });
  terminal.onLost(() => ended.resolve());
  suspension.show();
  try {
    // Ink takes time to load: the first frame is shown before that, and keys wait in the stream.
    await settledOrLate(terminal, clock, FIRST_FRAME_MS);
    options.onFirstFrame();
    const { mountApp } = await import("./mount-app.tsx");
    unmount = mountApp(terminal, session);
    // For silences that are typed; large, so not before the first frame. Without it they are refused.
    void loadRegexEngine().catch(() => {});
    await ended.promise;
  } finally {
    session.close();
    unmount();
    await settledOrLate(terminal, clock, LAST_FRAME_MS);
    terminal.leave();
    for (const cancel of cancels) cancel();
  }
}

/** Waits until the terminal has accepted all updates, but not forever. */
function settledOrLate(terminal: TerminalSession, clock: Clock, longestMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(longestMs, resolve);
    void terminal.settled().then(() => {
      cancel();
      resolve();
    });
  });
}

/** Keeps the terminal in sync with the session. Returns a function that stops it. */
function paintInto(terminal: TerminalSession, session: Session): () => void {
  let shape: Shape | undefined;
  const stopPainting = terminal.addPainter((screen) =>
    paintRegions(screen, compose(session.view()), session.palette()),
  );
  const update = () => {
    const before = shape;
    shape = session.shape();
    const { depth } = shape.displaySettings;
    if (depth !== (before?.displaySettings.depth ?? depth)) terminal.setDepth(depth);
    if (shape !== before) writeFrame(terminal, shape);
    terminal.requestDraw();
  };
  update();
  const unsubscribe = session.subscribe(update);
  return () => {
    unsubscribe();
    stopPainting();
  };
}

/** With an overlay Ink renders the frame; otherwise all of it is painted. */
function writeFrame(terminal: TerminalSession, { width, height, help }: Shape): void {
  if (help === undefined) terminal.stdout.write(liveText(width, height));
}

function sizeOf({ columns, rows }: TerminalSession): { width: number; height: number } {
  return { width: columns, height: rows };
}
