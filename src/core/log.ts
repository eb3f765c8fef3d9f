import type { Cancel } from "./clock.ts";

/** Levels of log records, in rising order. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** One record of the log of the monitor itself. */
export interface LogRecord {
  /** Rises by one with each record of a run. */
  readonly id: number;
  /** ms since the epoch */
  readonly at: number;
  readonly level: LogLevel;
  /** The part of the program that it comes from: monitor, health, notify, ... */
  readonly component: string;
  /** What happened: a sentence, or the name of an event that programs count. */
  readonly event: string;
  /** What it is about: entity, channel, session, operator. */
  readonly fields: LogFields;
}

/** Writes records of one component. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: LogFields): void;
  /** A logger that adds these fields to every record. */
  bind(fields: LogFields): Logger;
}

/** So many records are kept in memory. */
const KEPT = 500;

/** Records nothing. */
export const NO_LOGGER: Logger = { log: () => {}, bind: () => NO_LOGGER };

/**
 * The log of the monitor itself: counts by level, the newest records for the screen, and sinks such as a file.
 * Records below the level disappear before anything is done for them.
 */
export class Log {
  /** Where the file sink writes, and why it cannot; for the screen. */
  file: string | undefined;
  problem: string | undefined;
  readonly #now: () => number;
  readonly #least: number;
  readonly #counts = new Map<LogLevel, number>();
  readonly #sinks = new Set<(record: LogRecord) => void>();
  #lastId = 0;
  #records: LogRecord[] = [];
  #tail: readonly LogRecord[] | undefined = [];

  /** @param now the time of records, ms since the epoch @param level the lowest that is recorded; "off": none */
  constructor(now: () => number, level: LogLevel | "off") {
    this.#now = now;
    this.#least = level === "off" ? LOG_LEVELS.length : LOG_LEVELS.indexOf(level);
  }

  logger(component: string, bound: LogFields = {}): Logger {
    return {
      log: (level, event, fields) => {
        if (LOG_LEVELS.indexOf(level) < this.#least) return;
        this.#lastId += 1;
        const at = this.#now();
        this.#add({ id: this.#lastId, at, level, component, event, fields: { ...bound, ...fields } });
      },
      bind: (fields) => this.logger(component, { ...bound, ...fields }),
    };
  }

  /** Sends every record to `sink`, those in memory first. It must not throw. */
  attach(sink: (record: LogRecord) => void): Cancel {
    for (const record of this.#records) sink(record);
    this.#sinks.add(sink);
    return () => void this.#sinks.delete(sink);
  }

  /** How many records of each level there were since the start. */
  counts(): Readonly<Record<LogLevel, number>> {
    return Object.fromEntries(LOG_LEVELS.map((level) => [level, this.#counts.get(level) ?? 0])) as Record<
      LogLevel,
      number
    >;
  }

  /** The newest records, newest first. The same array until there is another one. */
  tail(): readonly LogRecord[] {
    this.#tail ??= this.#records.slice(-KEPT).reverse();
    return this.#tail;
  }

  #add(record: LogRecord): void {
    this.#counts.set(record.level, (this.#counts.get(record.level) ?? 0) + 1);
    this.#records.push(record);
    // Trimmed in large steps, because shifting the array on each record would be slow.
    if (this.#records.length >= 2 * KEPT) this.#records = this.#records.slice(-KEPT);
    this.#tail = undefined;
    for (const sink of this.#sinks) sink(record);
  }
}
