import type { Random } from "../../core/random.ts";
import { ServiceRecorder } from "../../kinds/service-recorder.ts";
import type { OriginContext, Watched } from "../types.ts";
import { Completions } from "./completions.ts";
import { defaultCapacity } from "./demand.ts";
import { noEffects, type ServiceEffects } from "./effects.ts";
import { meanLatencyFactor } from "./endpoints.ts";
import { createEpisodes, type Episodes } from "./episodes.ts";
import { Growth } from "./growth.ts";
import { Load } from "./load.ts";
import { Memory } from "./memory.ts";
import { latencyModels } from "./models/index.ts";
import type { LatencyModel } from "./models/types.ts";
import type { SimOptions } from "./options.ts";
import { createRouting, type Route, type Routing } from "./routing.ts";

/** How a service responds to requests. */
export type Condition = "up" | "refusing" | "hung";

/** A call with a resolved callee. */
export interface Call {
  readonly callee: SimulatedService;
  readonly probability: number;
  readonly timeoutMs: number;
  readonly retries: number;
  /** The failure of the caller's request if the callee fails with `failure`. */
  readonly reasonFor: (failure: string) => string;
}

/** Time from the end of a killed process until the next one is running, ms. */
const RESTART_MS = 3000;
/** The minimum share of the CPU that stays free, so that some requests always succeed. */
const MIN_FREE_SHARE = 0.05;

const never: Episodes = () => false;

/** The state of one service between two steps. */
export class SimulatedService {
  readonly name: string;
  readonly options: SimOptions;
  readonly recorder: ServiceRecorder;
  readonly random: Random;
  /** The random stream for publishing; undefined for a service that publishes nothing. */
  readonly publishing: Random | undefined;
  readonly completions = new Completions();
  /** Selects the route of the next request. */
  readonly route: Routing;
  readonly load: Load;
  readonly memory: Memory;
  readonly growth: Growth;
  calls: readonly Call[] = [];

  condition: Condition = "up";
  /** The reason of failed health checks while requests are refused. */
  refusal = "";
  /** The effects of its active faults at the last step. */
  readonly effects: ServiceEffects = noEffects();
  /** True while a request of this service is being simulated: a call to it would be a cycle. */
  onPath = false;
  /** The simulation problem of this service since the last step. */
  problem: string | undefined;

  readonly #model: LatencyModel;
  readonly #spiking: Episodes;
  readonly #failing: Episodes;
  #usualRate: number;
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
    this.#usualRate = usualRate;
    this.random = random(name);
    this.publishing = options.publishes.length > 0 ? random(`${name}/publishes`) : undefined;
    this.route = createRouting(name, options, this.recorder, random);
    const meanWorkMs = options.base_latency * meanLatencyFactor(options.endpoints);
    this.load = new Load(this.#capacity, meanWorkMs, options.interval);
    this.memory = new Memory(options.memory);
    this.#model = latencyModels[options.model];
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
    this.load.resize(this.#capacity);
  }

  /** Capacity, requests per second. */
  get #capacity(): number {
    return this.options.capacity ?? defaultCapacity(this.#usualRate);
  }

  /** Service time of one request including its wait, ms; finite and at least 1. */
  drawWork(route: Route): number {
    const { latencyMs, jitterMs } = this.effects;
    const { base_latency, deviation } = this.options;
    const work = this.#model.draw(this.random, base_latency * route.latencyFactor, deviation);
    const jitter = jitterMs > 0 ? jitterMs * this.random.next() : 0;
    return work * this.#slowdown + this.load.waitMs + latencyMs + jitter;
  }

  /** Draws whether this request fails in this service. */
  drawFailure({ errorRate }: Route): boolean {
    // Two independent causes; this form gives exactly the share of the service if the endpoint adds none.
    return this.random.chance(this.#errorRatio + errorRate * (1 - this.#errorRatio));
  }

  /** Current requests per second from outside. A surge also multiplies the usual requests of callers. */
  get outsideRate(): number {
    return this.options.rate + Math.max(0, this.effects.trafficFactor - 1) * this.#usualRate;
  }

  /** CPU use of all processes, percent, without noise. */
  get cpuPercent(): number {
    const busy = Math.min(1, this.load.utilisation + this.effects.cpuShare);
    return this.options.cpu + (100 - this.options.cpu) * busy;
  }

  /** Applies the effects and closes a step of `dtMs` that ends at `at` (ms since the epoch). */
  settle(at: number, dtMs: number): void {
    const freeShare = Math.max(MIN_FREE_SHARE, 1 - this.effects.cpuShare);
    this.load.settle(dtMs, freeShare);
    this.#enter(this.#conditionAt(at), at);

    const { error_rate, failures, spikes } = this.options;
    const spike = this.#spiking(at) ? spikes.factor : 1;
    this.#slowdown = (spike * this.memory.slowdown) / freeShare;
    const phase = this.#failing(at) ? (failures?.error_rate ?? 0) : 0;
    this.#errorRatio = 1 - (1 - error_rate) * (1 - phase) * (1 - this.effects.errorRatio);
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

  #enter(condition: Condition, at: number): void {
    if (condition !== "up") this.load.clear();
    if (condition === "hung") this.completions.clear();
    if (condition === "refusing" && this.condition === "up") {
      this.completions.abort(at, "connection reset");
    }
    this.condition = condition;
  }
}
