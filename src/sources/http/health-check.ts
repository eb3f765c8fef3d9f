import type { ProbeRecorder } from "../../kinds/service-recorder.ts";

/**
 * The health check of a target: it passes with each successful probe and fails after `threshold` consecutive
 * failed ones. In between it keeps its verdict.
 */
export class HealthCheck {
  readonly #recorder: ProbeRecorder;
  readonly #threshold: number;
  #failedInARow = 0;
  #reason = "";
  /** Undefined before the first verdict. */
  #isUp: boolean | undefined;

  constructor(recorder: ProbeRecorder, threshold: number) {
    this.#recorder = recorder;
    this.#threshold = threshold;
  }

  get isDown(): boolean {
    return this.#isUp === false;
  }

  /** A probe ended at `at` (ms since the epoch); `failure` says why it failed. */
  probed(at: number, failure: string | undefined): void {
    if (failure === undefined) {
      this.#failedInARow = 0;
      this.#isUp = true;
      this.#recorder.check(at, true);
    } else {
      this.#failedInARow += 1;
      // Below the threshold the check neither passes nor fails.
      if (this.#failedInARow >= this.#threshold) {
        const count = this.#failedInARow;
        const times = count === 1 ? "1 failed probe" : `${count} consecutive failed probes`;
        this.#isUp = false;
        this.#reason = `${times}: ${failure}`;
        this.#recorder.check(at, false, this.#reason);
      }
    }
    this.#show(at);
  }

  /** A probe was due at `at`, but another is outstanding: a target that was down still is. */
  stillWaiting(at: number): void {
    if (this.#isUp === false) this.#recorder.check(at, false, this.#reason);
    this.#show(at);
  }

  #show(at: number): void {
    if (this.#isUp !== undefined) this.#recorder.verdict(at, this.#isUp);
  }
}
