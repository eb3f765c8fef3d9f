import type { Log } from "../core/log.ts";
import { stateDirectory } from "../core/state-directory.ts";
import type { Host } from "./host.ts";

/**
 * Writes the log of a live run to a file in the state directory, from its first record on. Without a directory, or
 * when the file cannot be written, the log stays in memory and says why.
 */
export async function keepLog(log: Log, host: Pick<Host, "env" | "atExit" | "session">): Promise<void> {
  const directory = stateDirectory(host.env);
  if (directory === undefined) {
    log.problem = "no log file: set HOME or XDG_STATE_HOME";
    return;
  }
  // Loaded here, because the first frame does not need it.
  const { openLogFile } = await import("../logging/log-file.ts");
  try {
    const file = await openLogFile(directory, host.session, (problem) => {
      log.problem = problem;
    });
    log.file = directory;
    log.attach(file.write);
    host.atExit(file.flushNow);
  } catch (error) {
    log.problem = `no log file: ${error instanceof Error ? error.message : String(error)}`;
  }
}
