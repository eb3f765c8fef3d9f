import { render } from "ink";
import type { TerminalSession } from "../terminal/session.ts";
import { App } from "../ui/components/App.tsx";
import type { Session } from "../ui/session.ts";

/** Mounts the Ink app on a terminal that already shows its first frame; Ink handles layout and keys. */
export function mountApp(terminal: TerminalSession, session: Session): () => void {
  const app = render(<App session={session} />, {
    stdout: terminal.stdout as NodeJS.WriteStream,
    stdin: terminal.stdin as NodeJS.ReadStream,
    // Ink renders complete frames; the terminal session finds the changed cells.
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    isScreenReaderEnabled: false,
  });
  return () => app.unmount();
}
