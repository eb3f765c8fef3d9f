import { render } from "ink";
import type { Monitor } from "../monitor/types.ts";
import type { Capabilities } from "../terminal/capabilities.ts";
import { InkScreen } from "../ui/components/InkScreen.tsx";
import { createSession } from "../ui/session.ts";
import { themeFor } from "../ui/text/theme.ts";
import type { Host } from "./host.ts";
import { localOperator } from "./local-operator.ts";

/**
 * The same screen, written by Ink in whole lines: the reference of the drawing benchmark
 * (FAULTLINE_RENDERER=ink or ink-incremental). Not for other use.
 */
export async function watchInk(
  monitor: Monitor,
  host: Host,
  capabilities: Capabilities,
  incrementalRendering: boolean,
): Promise<void> {
  const { input, output } = host;
  const size = () => ({ width: output.columns, height: output.rows });
  const { depth, unicode, background } = capabilities;
  let quit = () => {};
  const session = createSession({
    monitor,
    displaySettings: { themeIndex: themeFor(background), depth, unicode },
    size: size(),
    operator: localOperator(host.userName),
    onQuit: () => quit(),
  });
  const app = render(<InkScreen session={session} />, {
    stdout: output,
    stdin: input,
    alternateScreen: true,
    incrementalRendering,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
  });
  const onResize = () => session.resize(size());
  output.on("resize", onResize);
  quit = () => app.unmount();
  const cancelSignal = host.onSignal(quit);
  await app.waitUntilExit();
  cancelSignal();
  output.off("resize", onResize);
  session.close();
}
