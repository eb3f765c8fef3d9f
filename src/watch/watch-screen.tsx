import { render } from "ink";
import type { Clock } from "../core/clock.ts";
import type { Monitor } from "../monitor/types.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { glyphsFor } from "../terminal/glyphs.ts";
import { openTerminal } from "../terminal/session.ts";
import { App } from "../ui/components/App.tsx";
import { createSession } from "../ui/session.ts";
import { themeFor } from "../ui/theme.ts";
import type { Host } from "./host.ts";

export interface ScreenOptions {
  readonly monitor: Monitor;
  readonly host: Host;
  readonly capabilities: Capabilities;
  readonly clock: Clock;
}

/** Shows the live screen until somebody quits, the program is asked to end, or the terminal is gone. */
export async function watchScreen({ monitor, host, capabilities, clock }: ScreenOptions): Promise<void> {
  const { input, output } = host;
  const terminal = openTerminal({ input, output, capabilities, clock, title: "faultline" });
  const ended = Promise.withResolvers<void>();
  const session = createSession({
    monitor,
    glyphs: glyphsFor(capabilities.unicode),
    themeIndex: themeFor(capabilities.background),
    size: { width: terminal.columns, height: terminal.rows },
    onQuit: ended.resolve,
  });
  const cancels = [
    host.onSignal(ended.resolve),
    host.onContinue(() => terminal.enter()),
    // Whatever ends the program, even a crash, the terminal is given back first.
    host.atExit(() => terminal.leave()),
  ];
  terminal.onGone(() => ended.resolve());
  terminal.stdout.on("resize", () => session.resize({ width: terminal.columns, height: terminal.rows }));
  terminal.enter();
  const app = render(<App session={session} capabilities={capabilities} />, {
    stdout: terminal.stdout as NodeJS.WriteStream,
    stdin: terminal.stdin as NodeJS.ReadStream,
    // Each frame comes whole and as plain text; which cells of it are new is the terminal's business.
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    isScreenReaderEnabled: false,
  });
  try {
    await ended.promise;
  } finally {
    session.close();
    app.unmount();
    terminal.leave();
    for (const cancel of cancels) cancel();
  }
}
