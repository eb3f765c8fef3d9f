import type { Cancel } from "../core/clock.ts";

/** The part of the process that a live screen stands on; the composition root makes it. */
export interface Host {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Says something outside the screen. */
  readonly complain: (text: string) => void;
  /** The program is asked to end: SIGINT, SIGTERM, SIGHUP. */
  onSignal(listener: () => void): Cancel;
  /** The program goes on after a stop (SIGCONT): the terminal shows something else by now. */
  onContinue(listener: () => void): Cancel;
  /** Called synchronously before the process ends in whatever way it can still notice. */
  atExit(listener: () => void): Cancel;
}
