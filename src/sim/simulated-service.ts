import { type Effects, noEffects } from "../core/effects.ts";
import type { Random } from "../core/random.ts";
import { Completions } from "./completions.ts";
import { meanLatencyFactor } from "./endpoints.ts";
import { createEpisodes, type Episodes } from "./episodes.ts";
import { Load } from "./load.ts";
import { Memory } from "./memory.ts";
import { latencyModels } from "./models/index.ts";
import type { LatencyModel } from "./models/types.ts";
import { createRouting, type Route, type Routing } from "./routing.ts";
import type { SimContext, SimService } from "./types.ts";

/** What a service does with whoever asks. */
export type Condition = "up" | "refusing" | "hung";

/** A call as it is made: the callee found, its words at hand. */
export interface Call {
  readonly callee: SimulatedService;
  readonly probability: number;
  readonly timeoutMs: number;
  readonly retries: number;
  /** The caller's words for the callee's failure. Few differ, so each is put together once. */
  readonly reasonFor: (failure: string) => string;
}

/** How long a killed process takes to be back, ms. */
const RESTART_MS = 3000;
/** The least that is left of a processor, as a share: something always gets through. */
const LEAST_FREE_SHARE = 0.05;

const never: Episodes = () => false;

/** One service between two beats: what it is, what it has under way, how it fares. */
export class SimulatedService {
  readonly name: string;
  readonly options: SimService["options"];
  readonly recorder: SimService["recorder"];
  readonly random: Random;
  readonly completions = new Completions();
  /** Where its next request goes. */
  readonly route: Routing;
  readonly load: Load;
  readonly memory: Memory;
  /** Requests a second that usually arrive, from outside and from callers. */
  readonly usualRate: number;
  calls: readonly Call[] = [];

  condition: Condition = "up";
  /** Why health checks fail while it refuses. */
  refusal = "";
  /** Its faults, as of the last beat. */
  readonly effects: Effects = noEffects();
  /** A request of this service is being followed right now: calling it would be a circle. */
  onPath = false;
  /** What it will say has grown since it last spoke of itself. */
  readonly grown = { retries: 0, timeouts: 0, restarts: 0 };
  /** What went wrong in the simulation of it since the last beat. */
  problem: string | undefined;

  readonly #model: LatencyModel;
  readonly #spiking: Episodes;
  readonly #failing: Episodes;
  /** How many times as long work takes, and the share of requests that fail; as of the last beat. */
  #slowdown = 1;
  #errorRatio = 0;
  #backAt = Number.NEGATIVE_INFINITY;

  constructor(service: SimService, usualRate: number, capacity: number, random: SimContext["random"]) {
    const { options } = service;
    this.name = service.service;
    this.options = options;
    this.recorder = service.recorder;
    this.usualRate = usualRate;
    this.random = random(this.name);
    this.route = createRouting(service, random);
    const meanWorkMs = options.base_latency * meanLatencyFactor(options.endpoints);
    this.load = new Load(capacity, meanWorkMs, options.interval);
    this.memory = new Memory(options.memory);
    this.#model = latencyModels[options.model];
    // Streams of their own: when the weather changes does not depend on what the traffic does.
    const { spikes, failures } = options;
    this.#spiking =
      spikes.factor > 1 ? createEpisodes(random(`${this.name}/spikes`), spikes.every, spikes.lasts) : never;
    this.#failing = failures
      ? createEpisodes(random(`${this.name}/failures`), failures.every, failures.lasts)
      : never;
  }

  /** Time of one request's own work with its wait, finite and at least 1 ms. */
  drawWork(route: Route): number {
    const { latencyMs, jitterMs } = this.effects;
    const { base_latency, deviation } = this.options;
    const work = this.#model.draw(this.random, base_latency * route.latencyFactor, deviation);
    const jitter = jitterMs > 0 ? jitterMs * this.random.next() : 0;
    return work * this.#slowdown + this.load.waitMs + latencyMs + jitter;
  }

  /** Does this request fail by the service's own doing? */
  drawFailure({ errorRate }: Route): boolean {
    // Either of two independent reasons; in this form exactly the service's own share where there is no other.
    return this.random.chance(this.#errorRatio + errorRate * (1 - this.#errorRatio));
  }

  /** Requests a second that arrive from outside now. A surge also brings what callers usually bring. */
  get outsideRate(): number {
    return this.options.rate + Math.max(0, this.effects.trafficFactor - 1) * this.usualRate;
  }

  /** Share of the processor in use by anyone, percent, without noise. */
  get cpuPercent(): number {
    const busy = Math.min(1, this.load.utilisation + this.effects.cpuShare);
    return this.options.cpu + (100 - this.options.cpu) * busy;
  }

  /** Takes in the faults and closes a beat of `dtMs` that ends at `at` (ms since the epoch). */
  settle(at: number, dtMs: number, effects: Readonly<Effects>): void {
    Object.assign(this.effects, effects);
    const freeShare = Math.max(LEAST_FREE_SHARE, 1 - effects.cpuShare);
    this.load.settle(dtMs, freeShare);
    this.#enter(this.#conditionAt(at), at);

    const { error_rate, failures, spikes } = this.options;
    const spike = this.#spiking(at) ? spikes.factor : 1;
    this.#slowdown = (spike * this.memory.slowdown) / freeShare;
    const phase = this.#failing(at) ? (failures?.error_rate ?? 0) : 0;
    this.#errorRatio = 1 - (1 - error_rate) * (1 - phase) * (1 - effects.errorRatio);
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
    this.refusal = "out of memory, starting again";
    this.#backAt = at + RESTART_MS;
    this.grown.restarts += 1;
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
