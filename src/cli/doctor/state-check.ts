import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { stateDirectory } from "../../core/state-directory.ts";
import { formatCount } from "../../core/text.ts";
import { type Check, failed, ok, warning } from "./types.ts";

const MIB = 2 ** 20;
/** Logs and queues need less. */
const LEAST_FREE_MIB = 64;

/** Whether what outlives a run can be written. */
export const stateCheck: Check = {
  title: "state directory",
  async run({ io }) {
    const directory = stateDirectory(io.env);
    if (directory === undefined) return [failed("HOME and XDG_STATE_HOME are not set; set one of them")];
    const existing = nearestExisting(directory);
    if (!statSync(existing).isDirectory())
      return [
        failed(`${existing} is a file where a directory should be; move it away or set XDG_STATE_HOME`),
      ];
    try {
      accessSync(existing, constants.W_OK | constants.X_OK);
    } catch {
      return [failed(`${existing} is not writable; change its permissions or set XDG_STATE_HOME`)];
    }
    const { bavail, bsize } = statfsSync(existing);
    const freeMib = Math.floor((bavail * bsize) / MIB);
    const text = `${directory}: writable, ${formatCount(freeMib)} MiB free`;
    return [freeMib < LEAST_FREE_MIB ? warning(`${text}; logs and queues may not fit`) : ok(text)];
  },
};

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
