import type { Cancel } from "../core/clock.ts";

/** The part of the process that a live screen uses; created by the composition root. */
export interface Host {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a message outside the screen. */
  readonly complain: (text: string) => void;
  /** Termination signals: SIGINT, SIGTERM, SIGHUP. */
  onSignal(listener: () => void): Cancel;
  /** The process continues after a stop (SIGCONT); the terminal content has changed. */
  onContinue(listener: () => void): Cancel;
  /** Called synchronously before the process exits. */
  atExit(listener: () => void): Cancel;
}
