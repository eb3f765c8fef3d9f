import type { Recorder } from "../core/observation.ts";
import { FailureRing } from "./failure-ring.ts";
import { GaugeBoard } from "./gauge-board.ts";
import type { Ledger } from "./ledger.ts";
import {
  CHECKS,
  ERRORS,
  FAILED_CHECKS,
  LAST_CHECK,
  LAST_GAUGE,
  LAST_HEARTBEAT,
  LAST_PASS,
  LAST_REQUEST,
  MAX_MS,
  MIN_MS,
  OpenSlot,
  REQUESTS,
  SUM_MS,
} from "./open-slot.ts";
import type { SlotClock } from "./slot-clock.ts";
import type { Tier } from "./tiers.ts";
import type { LastSeen } from "./types.ts";

/**
 * Takes the observations of one service. It is the open slot itself rather than having one: with thousands
 * of services every object on the way costs a trip to memory.
 */
export class ServiceRecorder extends OpenSlot implements Recorder {
  readonly failures = new FailureRing();
  readonly gauges: GaugeBoard;
  private readonly clock: SlotClock;

  constructor(clock: SlotClock, tiers: readonly Tier[], ledger: Ledger) {
    super(ledger);
    this.clock = clock;
    this.gauges = new GaugeBoard(tiers, ledger);
  }

  request(at: number, latencyMs: number, ok: boolean, error?: string): void {
    const clock = this.clock;
    if (!(latencyMs >= 0 && latencyMs < Number.POSITIVE_INFINITY)) {
      clock.rejected += 1;
      return;
    }
    let when = at;
    if (!(at > clock.openStart && at <= clock.openEnd)) {
      when = clock.place(at);
      if (Number.isNaN(when)) return;
    }
    this.count(latencyMs);
    const scalars = this.scalars;
    scalars[REQUESTS]! += 1;
    scalars[SUM_MS]! += latencyMs;
    if (latencyMs < scalars[MIN_MS]!) scalars[MIN_MS] = latencyMs;
    if (latencyMs > scalars[MAX_MS]!) scalars[MAX_MS] = latencyMs;
    if (when > scalars[LAST_REQUEST]!) scalars[LAST_REQUEST] = when;
    if (!ok) {
      scalars[ERRORS]! += 1;
      this.failures.push(when, error ?? "request failed");
    }
  }

  check(at: number, pass: boolean, reason?: string): void {
    const when = this.clock.place(at);
    if (Number.isNaN(when)) return;
    this.scalars[CHECKS]! += 1;
    this.saw(LAST_CHECK, when);
    if (pass) {
      this.saw(LAST_PASS, when);
    } else {
      this.scalars[FAILED_CHECKS]! += 1;
      this.failures.push(when, reason ?? "check failed");
    }
  }

  heartbeat(at: number): void {
    const when = this.clock.place(at);
    if (!Number.isNaN(when)) this.saw(LAST_HEARTBEAT, when);
  }

  gauge(at: number, name: string, value: number): void {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      this.clock.rejected += 1;
      return;
    }
    const when = this.clock.place(at);
    if (Number.isNaN(when)) return;
    if (this.gauges.record(when, name, value)) this.saw(LAST_GAUGE, when);
    else this.clock.rejected += 1;
  }

  lastSeen(): LastSeen {
    const request = this.last(LAST_REQUEST);
    const check = this.last(LAST_CHECK);
    const heartbeat = this.last(LAST_HEARTBEAT);
    const times = [request, check, heartbeat, this.last(LAST_GAUGE)].filter((time) => time !== undefined);
    return {
      any: times.length > 0 ? Math.max(...times) : undefined,
      request,
      check,
      pass: this.last(LAST_PASS),
      heartbeat,
    };
  }

  private saw(kind: number, at: number): void {
    if (at > this.scalars[kind]!) this.scalars[kind] = at;
  }

  private last(kind: number): number | undefined {
    const at = this.scalars[kind]!;
    return at === Number.NEGATIVE_INFINITY ? undefined : at;
  }
}
