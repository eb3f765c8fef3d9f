import type { Cancel, Clock } from "../core/clock.ts";
import type { TerminalSession } from "../terminal/session.ts";
import type { JobControl } from "./host.ts";

/** How soon the screen returns after `fg`, which a running process is not told about, ms. */
const LOOK_MS = 200;
/** A stop takes effect before this has passed, ms. */
const STOP_MS = 20;

/** Decides when a session may use its terminal. */
export interface Suspension {
  /** Shows the screen, or waits until the process is in the foreground. */
  show(): void;
  /** Whether the screen may be drawn now; if not, it returns by itself when it may. */
  mayDraw(): boolean;
  /** Restores the terminal and stops: Ctrl-Z. */
  suspend(): void;
  readonly end: Cancel;
}

/**
 * The job control of a live screen: Ctrl-Z, SIGTSTP, SIGCONT, `fg` and `bg`. A process that writes to its
 * terminal, changes its mode or reads from it in the background would garble the shell, or be stopped.
 */
export function createSuspension(
  terminal: Pick<TerminalSession, "enter" | "leave" | "release">,
  jobs: JobControl,
  clock: Clock,
): Suspension {
  let cancelLook: Cancel = () => {};

  function show(): void {
    cancelLook();
    if (jobs.inForeground()) {
      jobs.measure();
      terminal.enter();
    } else {
      terminal.release();
      cancelLook = clock.after(LOOK_MS, show);
    }
  }

  function stop(group: boolean): void {
    cancelLook();
    terminal.leave();
    jobs.stop(group);
    // Where no shell could continue it, the kernel does not stop the process: the screen returns.
    cancelLook = clock.after(STOP_MS, show);
  }

  const cancels = [jobs.onStop(() => stop(false)), jobs.onContinue(show)];
  return {
    show,
    mayDraw() {
      // After an uncatchable stop and `bg`, timers can run before the process is told that it continues.
      if (jobs.inForeground()) return true;
      show();
      return false;
    },
    suspend: () => stop(true),
    end() {
      cancelLook();
      for (const cancel of cancels) cancel();
    },
  };
}
