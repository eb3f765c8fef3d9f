import type { Labels, Recorder, RequestRecorder } from "../../core/observation.ts";
import type { LabelSets } from "../label-sets.ts";
import type { Ledger } from "../ledger.ts";
import type { CounterBoard } from "../named/counter-board.ts";
import type { GaugeBoard } from "../named/gauge-board.ts";
import type { LastSeen } from "../types.ts";
import { FailureRing } from "./failure-ring.ts";
import type { OpenSlab } from "./open-slab.ts";
import { OpenSlot } from "./open-slot.ts";
import type { SlotClock } from "./slot-clock.ts";

const NEVER = Number.NEGATIVE_INFINITY;
/** A latency of more than a day is a mistake of whoever measured it. */
const MOST_LATENCY_MS = 86_400_000;

/** Where it puts what is not a request or a check. */
export interface Boards {
  readonly gauges: GaugeBoard;
  readonly counters: CounterBoard;
  readonly labelSets: LabelSets;
}

/**
 * Takes the observations of one service. It is the open slot itself rather than having one: with thousands
 * of services every object on the way costs a trip to memory.
 */
export class ServiceRecorder extends OpenSlot implements Recorder {
  readonly failures = new FailureRing();
  readonly gauges: GaugeBoard;
  readonly counters: CounterBoard;
  private readonly clock: SlotClock;
  private readonly labelSets: LabelSets;
  /** Times of the newest observations, ms since the epoch. */
  private lastRequest = NEVER;
  private lastCheck = NEVER;
  private lastPass = NEVER;
  private lastHeartbeat = NEVER;
  private lastGauge = NEVER;

  constructor(clock: SlotClock, slab: OpenSlab, { gauges, counters, labelSets }: Boards, ledger: Ledger) {
    super(slab, ledger);
    this.clock = clock;
    this.gauges = gauges;
    this.counters = counters;
    this.labelSets = labelSets;
  }

  /** @returns whether it was taken; see Recorder.request. */
  request(at: number, latencyMs: number, ok: boolean, error?: string): boolean {
    const clock = this.clock;
    if (!(latencyMs >= 0 && latencyMs <= MOST_LATENCY_MS)) {
      clock.rejected += 1;
      return false;
    }
    let when = at;
    if (!(at > clock.openStart && at <= clock.openEnd)) {
      when = clock.place(at);
      if (Number.isNaN(when)) return false;
    }
    this.addRequest(latencyMs, ok);
    if (when > this.lastRequest) this.lastRequest = when;
    if (!ok) this.failures.push(when, error ?? "request failed");
    return true;
  }

  labelled(labels: Labels): RequestRecorder {
    return this.labelSets.recorder(labels, this);
  }

  check(at: number, pass: boolean, reason?: string): void {
    const when = this.clock.place(at);
    if (Number.isNaN(when)) return;
    this.checks += 1;
    if (when > this.lastCheck) this.lastCheck = when;
    if (pass) {
      if (when > this.lastPass) this.lastPass = when;
    } else {
      this.failedChecks += 1;
      this.failures.push(when, reason ?? "check failed");
    }
  }

  heartbeat(at: number): void {
    const when = this.clock.place(at);
    // A comparison with NaN is false; Math.max would make a number of its own each time.
    if (when > this.lastHeartbeat) this.lastHeartbeat = when;
  }

  gauge(at: number, name: string, value: number): void {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      this.clock.rejected += 1;
      return;
    }
    const when = this.clock.place(at);
    if (Number.isNaN(when)) return;
    if (!this.gauges.record(when, name, value)) this.clock.rejected += 1;
    else if (when > this.lastGauge) this.lastGauge = when;
  }

  count(at: number, name: string, by: number): void {
    if (!(by >= 0 && by < Number.POSITIVE_INFINITY)) {
      this.clock.rejected += 1;
      return;
    }
    const when = this.clock.place(at);
    if (Number.isNaN(when)) return;
    if (!this.counters.add(when, name, by)) this.clock.rejected += 1;
  }

  lastSeen(): LastSeen {
    return {
      any: seen(Math.max(this.lastRequest, this.lastCheck, this.lastHeartbeat, this.lastGauge)),
      request: seen(this.lastRequest),
      check: seen(this.lastCheck),
      pass: seen(this.lastPass),
      heartbeat: seen(this.lastHeartbeat),
    };
  }
}

function seen(at: number): number | undefined {
  return at === NEVER ? undefined : at;
}
