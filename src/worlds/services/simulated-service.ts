import type { Random } from "../../core/random.ts";
import { Schedule } from "../../core/schedule.ts";
import { ServiceRecorder } from "../../kinds/service-recorder.ts";
import type { OriginContext, Watched } from "../types.ts";
import { defaultCapacity } from "./demand.ts";
import { noEffects, type ServiceEffects } from "./effects.ts";
import { createEpisodes, type Episodes } from "./episodes.ts";
import type { Group } from "./group.ts";
import { Growth } from "./growth.ts";
import { InFlight } from "./in-flight.ts";
import { Memory } from "./memory.ts";
import { latencyModels } from "./models/index.ts";
import type { LatencyModel } from "./models/types.ts";
import type { SimOptions } from "./options.ts";
import { type Call, Phase, type Request } from "./request.ts";
import { createRouting, type Route, type Routing } from "./routing.ts";
import { meanServiceMs, possibleRate } from "./service-time.ts";
import { Workers, workersFor } from "./workers.ts";

export type OwnRequest = Request<SimulatedService>;
export type OwnCall = Call<SimulatedService>;

/** What a service needs from RequestFlow when its condition changes. */
export interface ConditionChanges {
  abort(service: SimulatedService, now: number): void;
  serveWaiting(service: SimulatedService, now: number): void;
}

/** How a service responds to requests. */
export type Condition = "up" | "refusing" | "hung";

/** Time from the end of a killed process until the next one is running, ms. */
const RESTART_MS = 3000;
/** The minimum share of the CPU that stays free, so that some requests always succeed. */
const MIN_FREE_SHARE = 0.05;
/** The default limit of the backlog, in seconds of the capacity. */
const BACKLOG_S = 3;

const never: Episodes = () => false;

/**
 * The state of one service. Its effects, work speed and error rate change with its steps; its requests have
 * exact times. Unless stated otherwise, times are in ms since the start of the simulation.
 */
export class SimulatedService {
  readonly name: string;
  readonly options: SimOptions;
  readonly recorder: ServiceRecorder;
  readonly random: Random;
  /** The random stream for publishing; undefined for a service that publishes nothing. */
  readonly publishing: Random | undefined;
  /** Selects the route of the next request. */
  readonly route: Routing;
  /** What its requests do next, and the timeouts of its calls. */
  readonly schedule = new Schedule<OwnRequest | OwnCall>();
  readonly inFlight = new InFlight<SimulatedService>();
  readonly workers = new Workers();
  readonly memory: Memory;
  readonly growth: Growth;
  calls: readonly OwnCall[] = [];
  /** The services that it is connected to by calls, and its place there. */
  group!: Group<SimulatedService>;
  place = 0;
  /** When its next event is due; Infinity: nothing will happen. A field, because a getter allocates its result. */
  next = Number.POSITIVE_INFINITY;

  condition: Condition = "up";
  /** The reason of failed health checks while requests are refused. */
  refusal = "";
  /** Since when it hangs. */
  hungAt = 0;
  /** The effects of its active faults at the last step. */
  readonly effects: ServiceEffects = noEffects();
  /** Requests that may wait for a worker; further ones are refused. */
  backlog = 1;
  /** When the next request from outside arrives; Infinity: none does. */
  nextArrival = Number.POSITIVE_INFINITY;
  /** The simulation problem of this service since the last step. */
  problem: string | undefined;

  readonly #model: LatencyModel;
  readonly #serviceMs: number;
  readonly #spiking: Episodes;
  readonly #failing: Episodes;
  readonly #frozen: { readonly item: OwnRequest | OwnCall; readonly restMs: number }[] = [];
  #usualRate: number;
  #outsideRate = 0;
  /** Service time factor and share of failed requests, at the last step. */
  #slowdown = 1;
  #errorRatio = 0;
  #backAt = Number.NEGATIVE_INFINITY;

  /** @param usualRate usual requests per second, from outside and from callers */
  constructor(watched: Watched<SimOptions>, usualRate: number, random: OriginContext["random"]) {
    const { name, options } = watched.entity;
    this.name = name;
    this.options = options;
    this.recorder = new ServiceRecorder(watched.recorder);
    this.growth = new Growth(watched.recorder);
    this.random = random(name);
    this.publishing = options.publishes.length > 0 ? random(`${name}/publishes`) : undefined;
    this.route = createRouting(name, options, this.recorder, random);
    this.#model = latencyModels[options.model];
    this.#serviceMs = meanServiceMs(options);
    this.#usualRate = usualRate;
    this.setUsualRate(usualRate);
    this.memory = new Memory(options.memory);
    // Separate streams, so that the phases do not depend on the traffic.
    const { spikes, failures } = options;
    this.#spiking =
      spikes.factor > 1 ? createEpisodes(random(`${name}/spikes`), spikes.every, spikes.lasts) : never;
    this.#failing = failures
      ? createEpisodes(random(`${name}/failures`), failures.every, failures.lasts)
      : never;
  }

  /** Sets the usual requests per second. Adjusts the default capacity; all other state stays. */
  setUsualRate(usualRate: number): void {
    this.#usualRate = usualRate;
    const { workers: own, backlog } = this.options;
    const possible = own === undefined ? Number.POSITIVE_INFINITY : possibleRate(own, this.#serviceMs);
    const wanted = this.options.capacity ?? (own === undefined ? defaultCapacity(usualRate) : possible);
    const capacity = Math.min(wanted, possible);
    this.workers.resize(own ?? workersFor(capacity, this.#serviceMs), capacity, this.#serviceMs);
    this.backlog = backlog ?? Math.max(1, Math.round(capacity * BACKLOG_S));
  }

  /** Updates `next`. */
  plan(): void {
    let next = this.schedule.next;
    if (this.nextArrival < next) next = this.nextArrival;
    if (this.inFlight.waiting > 0 && this.condition === "up" && this.workers.nextRelease < next) {
      next = this.workers.nextRelease;
    }
    this.next = next;
  }

  /** Draws the time that a request occupies a worker until its work is done, ms; finite and at least 1. */
  drawWork({ latencyFactor }: Route): number {
    const { base_latency, deviation } = this.options;
    return this.#model.draw(this.random, base_latency * latencyFactor, deviation) * this.#slowdown;
  }

  /** Draws the delay by faults after the work, ms. */
  drawDelay(): number {
    const { latencyMs, jitterMs } = this.effects;
    return latencyMs + (jitterMs > 0 ? jitterMs * this.random.next() : 0);
  }

  /** Draws whether this request fails in this service. */
  drawFailure({ errorRate }: Route): boolean {
    // Two independent causes; this form gives exactly the share of the service if the endpoint adds none.
    return this.random.chance(this.#errorRatio + errorRate * (1 - this.#errorRatio));
  }

  /** Draws the next arrival from outside after `now`: they are independent, so the gaps are exponential. */
  drawArrival(now: number): void {
    this.nextArrival = now + this.random.exponential(1000 / this.#outsideRate);
  }

  /** CPU use of all processes, percent, without noise. */
  get cpuPercent(): number {
    const { cpuShare } = this.effects;
    const busy = Math.min(1, this.workers.utilisation * (1 - cpuShare) + cpuShare);
    return this.options.cpu + (100 - this.options.cpu) * busy;
  }

  /**
   * Applies the effects at a step.
   * @param at ms since the epoch
   * @param now the same instant
   */
  settle(at: number, now: number, flow: ConditionChanges): void {
    if (this.condition !== "hung") this.workers.measure(now);
    this.#enter(this.#conditionAt(at), now, flow);

    const { error_rate, failures, spikes } = this.options;
    const spike = this.#spiking(at) ? spikes.factor : 1;
    const freeShare = Math.max(MIN_FREE_SHARE, 1 - this.effects.cpuShare);
    this.#setSlowdown((spike * this.memory.slowdown) / freeShare, now);
    const phase = this.#failing(at) ? (failures?.error_rate ?? 0) : 0;
    this.#errorRatio = 1 - (1 - error_rate) * (1 - phase) * (1 - this.effects.errorRatio);
    // A surge also multiplies the usual requests of callers.
    const surge = Math.max(0, this.effects.trafficFactor - 1) * this.#usualRate;
    this.#setOutsideRate(this.options.rate + surge, now);
    this.group.changed(this);
  }

  /** Work in progress continues after the hang. `restMs` is its remaining time. */
  freeze(item: OwnRequest | OwnCall, restMs: number): void {
    this.#frozen.push({ item, restMs });
  }

  /** Time stood still for `ms` because the machine slept. */
  postpone(ms: number): void {
    this.nextArrival += ms;
    this.hungAt += ms;
    this.workers.postpone(ms);
    this.schedule.reschedule((_, time) => time + ms);
    for (let request = this.inFlight.oldest; request; request = request.after) {
      request.arrivedAt += ms;
      request.startedAt += ms;
      request.deadline += ms;
    }
    this.group.changed(this);
  }

  #conditionAt(at: number): Condition {
    const { hang, refuse, leakedShare } = this.effects;
    if (hang) return "hung";
    if (refuse || at < this.#backAt) {
      if (refuse) this.refusal = "connection refused";
      this.memory.stop(leakedShare);
      return "refusing";
    }
    this.memory.update(leakedShare, this.random.normal(0, 0.3));
    if (!this.memory.full) return "up";
    this.refusal = "out of memory, restarting";
    this.#backAt = at + RESTART_MS;
    this.growth.restarts += 1;
    return "refusing";
  }

  #enter(condition: Condition, now: number, flow: ConditionChanges): void {
    const before = this.condition;
    if (condition === before) return;
    this.condition = condition;
    if (condition === "hung") this.#hang(now);
    if (before === "hung") this.#resume(now);
    if (condition === "refusing") flow.abort(this, now);
    if (before === "hung") flow.serveWaiting(this, now);
  }

  /** Stops everything that the process does. Refusals come from the system and continue. */
  #hang(now: number): void {
    this.hungAt = now;
    this.schedule.remove((item, time) => {
      if (item.phase === Phase.refused) return false;
      this.freeze(item, time - now);
      return true;
    });
  }

  #resume(now: number): void {
    const hungMs = now - this.hungAt;
    for (const { item, restMs } of this.#frozen) {
      this.schedule.add(now + restMs, item);
      if (item.phase === Phase.working) (item as OwnRequest).startedAt += hungMs;
    }
    this.#frozen.length = 0;
    this.workers.postpone(hungMs);
  }

  /** The CPU is faster or slower: what remains of the work in progress changes as well. */
  #setSlowdown(slowdown: number, now: number): void {
    if (slowdown === this.#slowdown || this.condition === "hung") return;
    const factor = slowdown / this.#slowdown;
    this.#slowdown = slowdown;
    if (this.workers.busy === 0) return;
    this.workers.stretch(now, factor);
    this.schedule.reschedule((item, time) =>
      item.phase === Phase.working ? now + (time - now) * factor : time,
    );
  }

  #setOutsideRate(rate: number, now: number): void {
    const before = this.#outsideRate;
    if (rate === before) return;
    this.#outsideRate = rate;
    // The rest of the gap is exponential too, so it only changes its scale.
    if (rate <= 0) this.nextArrival = Number.POSITIVE_INFINITY;
    else if (before <= 0) this.drawArrival(now);
    else this.nextArrival = now + ((this.nextArrival - now) * before) / rate;
  }
}
