import type { Delivery } from "./message.ts";
import type { Timeline } from "./timeline.ts";

/** A crash happens at this share of the processing of a message: after its side effect, before its end. */
const CRASH_AT = 0.6;
/** Without a message in process the crash happens after this time, ms. */
const MAX_DELAY_MS = 2000;

/** A crash that waits for the middle of a message: an idle consumer would lose nothing. */
export class PendingCrash {
  readonly #timeline: Timeline;
  #crash: (() => void) | undefined;

  constructor(timeline: Timeline, crash: () => void) {
    this.#timeline = timeline;
    this.#crash = crash;
    timeline.schedule<Delivery | undefined>(timeline.now + MAX_DELAY_MS, this, undefined);
  }

  /** The consumer is processing a message: the crash can happen in its middle. */
  during(delivery: Delivery): void {
    const { startedAt, endsAt } = delivery;
    this.#timeline.schedule(startedAt + CRASH_AT * (endsAt - startedAt), this, delivery);
  }

  /** The event at which it happens. */
  fire(delivery: Delivery | undefined): void {
    if (delivery?.state === "done") return;
    const crash = this.#crash;
    this.cancel();
    crash?.();
  }

  cancel(): void {
    this.#crash = undefined;
  }
}
