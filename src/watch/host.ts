import type { Cancel } from "../core/clock.ts";
import type { LineOutput } from "../terminal/line-output.ts";
import type { TerminalOutput } from "../terminal/streams.ts";

/** The part of the process that a live screen uses; created by the composition root. */
export interface Host {
  readonly input: NodeJS.ReadStream;
  /** The terminal; its size is not read unless `output.isTTY`. */
  readonly output: NodeJS.WriteStream;
  /** The name of the user who started the program; undefined if there is none. */
  readonly userName: string | undefined;
  /** The current directory. @throws if it was deleted */
  readonly cwd: () => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names this run among others: the process id and its start. */
  readonly session: string;
  /** The same output for plain lines. */
  readonly lines: LineOutput;
  /** False if the reader of a pipe is gone, as far as that can be seen; a write confirms it. */
  hasReader(): boolean;
  /** The terminal as an output that never blocks. */
  openScreen(): TerminalOutput;
  /** Termination signals: SIGINT, SIGTERM, SIGHUP. */
  onSignal(listener: () => void): Cancel;
  readonly jobs: JobControl;
  /** Called synchronously before the process exits. */
  atExit(listener: () => void): Cancel;
}

/** Stopping and continuing under the job control of a shell. */
export interface JobControl {
  /** A request to stop that came as a signal (SIGTSTP). */
  onStop(listener: () => void): Cancel;
  /** The process continues after a stop (SIGCONT). */
  onContinue(listener: () => void): Cancel;
  /**
   * Stops the process, or with `group` its whole process group, as the terminal driver does for Ctrl-Z.
   * Returns when it continues; at once where no shell could continue it.
   */
  stop(group: boolean): void;
  /** Whether the process may use its terminal: not after `bg`. True where that cannot be told. */
  inForeground(): boolean;
  /** Reads the size of the terminal again: changes are not reported to a process in the background. */
  measure(): void;
}
