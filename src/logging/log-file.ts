import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import pino from "pino";
import roll from "pino-roll";
import type { LogRecord } from "../core/log.ts";

/** The size at which a new file begins, and how many older ones are kept. */
const FILE_SIZE = "5m";
const OLDER_FILES = 4;
/** Records are written together, when there are so many bytes or after this time, ms. */
const BUFFER_BYTES = 4096;
const FLUSH_EVERY_MS = 1_000;
/** With more than this the disk does not keep up, and records are lost. */
const MOST_BUFFERED_BYTES = 4 * 2 ** 20;

/** Log files are FILE_STEM.N.log; the highest number is the newest. */
export const FILE_STEM = "faultline";

export interface LogFile {
  write(record: LogRecord): void;
  /** Writes what is buffered now; for exits and crashes. Never throws. */
  flushNow(): void;
}

/**
 * Opens the log file in a directory, which is created when it does not exist. One JSON object a line with
 * `timestamp` (ISO 8601, UTC), `level`, `component`, `event` and the fields of the record.
 * @param session names this run in every line, because several runs share a file
 * @param onProblem the file cannot be written any more; later records are lost
 * @throws when it cannot be opened
 */
export async function openLogFile(
  directory: string,
  session: string,
  onProblem: (sentence: string) => void,
): Promise<LogFile> {
  // Of its owner alone, like all that is in it.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const destination = await roll({
    file: join(directory, FILE_STEM),
    size: FILE_SIZE,
    limit: { count: OLDER_FILES, removeOtherLogFiles: true },
    mode: 0o600,
    sync: false,
    minLength: BUFFER_BYTES,
    maxLength: MOST_BUFFERED_BYTES,
    periodicFlush: FLUSH_EVERY_MS,
  });
  await once(destination, "ready");
  destination.on("error", (error: Error) => onProblem(`the log cannot be written: ${error.message}`));
  destination.on("drop", () => onProblem("the log is written too slowly: records were lost"));
  const logger = pino(
    {
      base: { session },
      level: "trace",
      messageKey: "event",
      timestamp: false,
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
  return {
    write({ at, level, component, event, fields }) {
      logger[level]({ timestamp: new Date(at).toISOString(), component, ...fields }, event);
    },
    flushNow() {
      try {
        destination.flushSync();
      } catch {
        // Nothing was buffered, or the file is gone.
      }
    },
  };
}
