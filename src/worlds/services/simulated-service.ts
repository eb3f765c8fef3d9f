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

/** What a service does with a request. */
export type Condition = "up" | "refusing" | "hung";

/** A call with its callee resolved. */
export interface Call {
  readonly callee: SimulatedService;
  readonly probability: number;
  readonly timeoutMs: number;
  readonly retries: number;
  /** Why the caller's request fails when the callee fails with `failure`. */
  readonly reasonFor: (failure: string) => string;
}

/** Time from the end of a killed process until the next one is up, ms. */
const RESTART_MS = 3000;
/** The least share of the processor that stays free: some requests always get through. */
const LEAST_FREE_SHARE = 0.05;

const never: Episodes = () => false;

/** The state of one service between two steps. */
export class SimulatedService {
  readonly name: string;
  readonly options: SimOptions;
  readonly recorder: ServiceRecorder;
  readonly random: Random;
  /** Decides which requests publish; undefined for a service that publishes nothing. */
  readonly publishing: Random | undefined;
  readonly completions = new Completions();
  /** Chooses the route of the next request. */
  readonly route: Routing;
  readonly load: Load;
  readonly memory: Memory;
  readonly growth: Growth;
  calls: readonly Call[] = [];

  condition: Condition = "up";
  /** Why health checks fail while it refuses requests. */
  refusal = "";
  /** The effects of its active faults, as of the last step. */
  readonly effects: ServiceEffects = noEffects();
  /** True while a request of this service is being followed: a call to it would close a circle. */
  onPath = false;
  /** What went wrong in the simulation of it since the last step. */
  problem: string | undefined;

  readonly #model: LatencyModel;
  readonly #spiking: Episodes;
  readonly #failing: Episodes;
  #usualRate: number;
  /** Factor on service times, and share of requests that fail; as of the last step. */
  #slowdown = 1;
  #errorRatio = 0;
  #backAt = Number.NEGATIVE_INFINITY;

  /** @param usualRate requests per second that usually arrive, from outside and from callers */
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
    // Streams of their own: phases begin and end at the same instants whatever the traffic.
    const { spikes, failures } = options;
    this.#spiking =
      spikes.factor > 1 ? createEpisodes(random(`${name}/spikes`), spikes.every, spikes.lasts) : never;
    this.#failing = failures
      ? createEpisodes(random(`${name}/failures`), failures.every, failures.lasts)
      : never;
  }

  /** Sets how many requests per second usually arrive; the default capacity follows, all other state stays. */
  setUsualRate(usualRate: number): void {
    this.#usualRate = usualRate;
    this.load.resize(this.#capacity);
  }

  /** Requests per second that it can serve. */
  get #capacity(): number {
    return this.options.capacity ?? defaultCapacity(this.#usualRate);
  }

  /** Time of one request's own work with its wait, ms; finite and at least 1. */
  drawWork(route: Route): number {
    const { latencyMs, jitterMs } = this.effects;
    const { base_latency, deviation } = this.options;
    const work = this.#model.draw(this.random, base_latency * route.latencyFactor, deviation);
    const jitter = jitterMs > 0 ? jitterMs * this.random.next() : 0;
    return work * this.#slowdown + this.load.waitMs + latencyMs + jitter;
  }

  /** Draws whether this request fails in the service itself. */
  drawFailure({ errorRate }: Route): boolean {
    // Two independent causes; in this form exactly the service's own share when the endpoint adds none.
    return this.random.chance(this.#errorRatio + errorRate * (1 - this.#errorRatio));
  }

  /** Requests per second that arrive from outside now. A surge also adds what callers usually send. */
  get outsideRate(): number {
    return this.options.rate + Math.max(0, this.effects.trafficFactor - 1) * this.#usualRate;
  }

  /** Share of the processor in use by any process, percent, without noise. */
  get cpuPercent(): number {
    const busy = Math.min(1, this.load.utilisation + this.effects.cpuShare);
    return this.options.cpu + (100 - this.options.cpu) * busy;
  }

  /** Applies the effects and closes a step of `dtMs` that ends at `at` (ms since the epoch). */
  settle(at: number, dtMs: number): void {
    const freeShare = Math.max(LEAST_FREE_SHARE, 1 - this.effects.cpuShare);
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
