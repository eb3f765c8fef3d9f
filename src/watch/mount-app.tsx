import { render } from "ink";
import type { TerminalSession } from "../terminal/session.ts";
import { App } from "../ui/components/App.tsx";
import type { Session } from "../ui/session.ts";

/** Lets Ink take over the layout and the keys of a terminal that is already showing its first frame. */
export function mountApp(terminal: TerminalSession, session: Session): () => void {
  const app = render(<App session={session} />, {
    stdout: terminal.stdout as NodeJS.WriteStream,
    stdin: terminal.stdin as NodeJS.ReadStream,
    // Each frame comes whole and as plain text; which cells of it are new is the terminal's business.
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    isScreenReaderEnabled: false,
  });
  return () => app.unmount();
}
