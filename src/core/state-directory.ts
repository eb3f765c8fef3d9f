import { isAbsolute, join } from "node:path";

/**
 * The directory for what outlives a run: logs, the queue of notifications. As the XDG base directory specification
 * says: $XDG_STATE_HOME/faultline, by default ~/.local/state/faultline. It may not exist yet.
 * @returns undefined when the environment names neither
 */
export function stateDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  // The specification wants relative paths to be ignored.
  if (state !== undefined && isAbsolute(state)) return join(state, "faultline");
  return home !== undefined && isAbsolute(home) ? join(home, ".local", "state", "faultline") : undefined;
}
