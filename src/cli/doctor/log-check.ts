import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stateDirectory } from "../../core/state-directory.ts";
import { formatCount } from "../../core/text.ts";
import { type LogSummary, summaryOf } from "./log-summary.ts";
import { type Check, type Finding, failed, ok, warning } from "./types.ts";

const LOG_FILE = /^faultline\.(\d+)\.log$/;

/** Whether the newest log file is complete, and agrees with the figures in it. */
export const logCheck: Check = {
  title: "log",
  async run({ io }) {
    const directory = stateDirectory(io.env);
    const newest = directory === undefined ? undefined : newestLog(directory);
    if (directory === undefined || newest === undefined) return [ok("no log file yet: watch writes one")];
    const file = join(directory, newest);
    try {
      return findings(file, summaryOf(readFileSync(file, "utf8")));
    } catch (error) {
      return [failed(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)];
    }
  },
};

function newestLog(directory: string): string | undefined {
  try {
    const numbers = readdirSync(directory).map((name) => ({ name, nth: Number(LOG_FILE.exec(name)?.[1]) }));
    return numbers.filter(({ nth }) => nth > 0).sort((a, b) => b.nth - a.nth)[0]?.name;
  } catch {
    return undefined;
  }
}

function findings(file: string, { levels, invalid, incomplete, breakers }: LogSummary): Finding[] {
  const counts = [...levels].map(([level, count]) => `${formatCount(count)} ${level}`).join(", ");
  const wrong = [...breakers].filter(
    ([, { loggedBefore, counted }]) => counted !== undefined && loggedBefore !== counted,
  );
  return [
    ok(`${file}: ${counts || "empty"}`),
    ...(invalid > 0 ? [warning(`${invalid} lines are not JSON: a run ended in the middle of a line`)] : []),
    ...(incomplete > 0
      ? [failed(`${incomplete} records lack timestamp, level, component or event; please report this`)]
      : []),
    ...wrong.map(([channel, { loggedBefore, counted }]) =>
      failed(`${channel}: ${counted} openings of its breaker were counted, ${loggedBefore} are in the log`),
    ),
    ...(breakers.size > 0 && wrong.length === 0
      ? [ok(`breakers: the counted openings of ${breakers.size} channels equal the logged ones`)]
      : []),
  ];
}
