import { isDeepStrictEqual } from "node:util";
import { type Catalog, isSimulated } from "../catalog/index.ts";
import type { Config, OriginConfig } from "../config/types.ts";
import { type BackgroundClock, createBackgroundClock } from "../core/background-clock.ts";
import type { Clock, Tick } from "../core/clock.ts";
import type { Gap } from "../core/gaps.ts";
import type { Params } from "../core/params.ts";
import { createRandom } from "../core/random.ts";
import type { Work } from "../core/sliced-work.ts";
import type { ActiveFaults } from "../faults/active.ts";
import type { Store } from "../store/types.ts";
import type { EntityDeclaration, OpenOrigin, OriginContext, Watched } from "../worlds/types.ts";
import { SimulationPace } from "./simulation-pace.ts";

/** An origin that is running. */
interface Running {
  readonly config: OriginConfig;
  readonly seed: number;
  readonly isSimulated: boolean;
  /** The entities it was last opened or updated with. */
  entities: readonly EntityDeclaration[];
  readonly open: OpenOrigin;
}

/** What origins need from the monitor. */
export interface OriginHost {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly faults: ActiveFaults;
  readonly clock: Clock;
  readonly live: boolean;
  /** Adds a discovered entity, or applies its new declaration. */
  readonly discovered: (origin: string, entity: EntityDeclaration) => void;
  readonly retired: (entity: string) => void;
}

/** Opens the sources and worlds of a config and isolates the program from their failures. */
export class Origins {
  readonly #host: OriginHost;
  readonly #running = new Map<string, Running>();
  readonly #problems = new Map<string, string>();
  /** The origin of each entity, including discovered ones. */
  readonly #owners = new Map<string, string>();

  /** What is simulated must not delay what is real. Undefined on virtual time, which waits for it. */
  readonly #background: BackgroundClock | undefined;
  readonly #pace: SimulationPace | undefined;

  constructor(host: OriginHost) {
    this.#host = host;
    if (!host.live) return;
    this.#background = createBackgroundClock(host.clock);
    this.#pace = new SimulationPace(this.#background);
  }

  /**
   * Opens the origins of a config, in slices. A running origin without changes continues; one with changed entities is
   * updated, or reopened if it does not support updates.
   * @param which selects the origins to open now
   * @returns the names of the entities whose origin was not running before
   */
  *open(config: Config, which: (origin: OriginConfig) => boolean): Generator<void, string[]> {
    const fresh: string[] = [];
    const wanted = new Map(config.origins.map((origin) => [origin.name, origin]));
    for (const [name, { config: before }] of this.#running) {
      const next = wanted.get(name);
      if (next === undefined || next.kind !== before.kind || next.type !== before.type) this.#close(name);
    }
    const declared = new Map(config.entities.map((entity) => [entity.name, declarationOf(entity)]));
    for (const origin of config.origins) {
      if (!which(origin)) continue;
      // One by one: thousands of arguments of one call overflow the stack.
      if (!this.#running.has(origin.name)) for (const name of origin.entities) fresh.push(name);
      const entities = origin.entities.map((name) => declared.get(name)!);
      yield* this.#openOne(origin, entities, config.seed);
    }
    return fresh;
  }

  /**
   * The problem of an entity's origin, if any, for values of a window that ends at `at` (ms since the epoch).
   * @param gaps when the monitor did not run
   */
  problem(entity: string, windowMs: number, at: number, gaps: readonly Gap[]): string | undefined {
    const own = this.#problems.get(entity);
    if (own !== undefined || this.#pace === undefined) return own;
    const owner = this.#owners.get(entity);
    const running = owner === undefined ? undefined : this.#running.get(owner);
    return running?.isSimulated ? this.#pace.problem(windowMs, at, gaps) : undefined;
  }

  /** The name of the origin that observes an entity. */
  ownerOf(entity: string): string | undefined {
    return this.#owners.get(entity);
  }

  /** @throws RangeError with a one-sentence message if it is not possible */
  act(action: string, entity: string, params: Params, at: number): string {
    const open = this.#openOf(entity);
    if (open?.act === undefined) throw new RangeError(`${entity} has no actions.`);
    return open.act(action, entity, params, at);
  }

  stop(): void {
    for (const name of [...this.#running.keys()]) this.#close(name);
  }

  #openOf(entity: string): OpenOrigin | undefined {
    const owner = this.#owners.get(entity);
    return owner === undefined ? undefined : this.#running.get(owner)?.open;
  }

  *#openOne(config: OriginConfig, entities: readonly EntityDeclaration[], seed: number): Work {
    const running = this.#running.get(config.name);
    if (running !== undefined) {
      if (running.seed === seed && isDeepStrictEqual(running.entities, entities)) return;
      // A new seed changes the random streams, so the origin must restart.
      const canUpdate = running.seed === seed && running.open.update !== undefined;
      if (canUpdate && (yield* this.#update(running, entities))) return;
      this.#close(config.name);
    }
    const failed = this.#failure(config.name);
    const simulated = isSimulated(this.#host.catalog, config);
    let open: OpenOrigin = { stop: () => {} };
    for (const { name } of entities) this.#owners.set(name, config.name);
    try {
      const { catalog } = this.#host;
      const kind = (config.type === "world" ? catalog.worlds : catalog.sources).get(config.kind);
      if (kind === undefined) throw new Error(`unknown ${config.type} ${config.kind}`);
      open = kind.open(this.#watched(entities), this.#context(config.name, seed, simulated, failed));
    } catch (error) {
      failed(error);
    }
    this.#running.set(config.name, { config, seed, isSimulated: simulated, entities, open });
  }

  /** @returns whether the origin accepted the entities */
  *#update(running: Running, entities: readonly EntityDeclaration[]): Generator<void, boolean> {
    const before = running.entities;
    running.entities = entities;
    const kept = new Set(entities.map(({ name }) => name));
    for (const { name } of before) {
      // The entity may already belong to another origin.
      if (!kept.has(name) && this.#owners.get(name) === running.config.name) this.#forget(name);
    }
    for (const { name } of entities) this.#owners.set(name, running.config.name);
    try {
      const work = running.open.update!(this.#watched(entities));
      if (work) yield* work;
      return true;
    } catch (error) {
      this.#failure(running.config.name)(error);
      return false;
    }
  }

  #watched(entities: readonly EntityDeclaration[]): Watched[] {
    return entities.map((entity) => ({ entity, recorder: this.#host.store.recorder(entity.name) }));
  }

  /** Handles an exception of an origin: its entities become unknown, with the reason on screen. */
  #failure(origin: string): (error: unknown) => void {
    return (error) => {
      const message = error instanceof Error ? error.message : String(error);
      for (const [entity, owner] of this.#owners) {
        if (owner === origin) this.#problems.set(entity, `its source failed: ${message}`);
      }
    };
  }

  #context(
    origin: string,
    seed: number,
    simulated: boolean,
    failed: (error: unknown) => void,
  ): OriginContext {
    const { live, faults, store, discovered, retired } = this.#host;
    const clock = (simulated ? this.#background : undefined) ?? this.#host.clock;
    return {
      clock: guardedClock(clock, failed),
      live,
      random: (name) => createRandom(seed, name),
      applyFaults: (entity, at, effects) => faults.apply(entity, at, effects),
      send: (entity, at) => {
        const open = this.#openOf(entity);
        if (open?.receive === undefined) return "unknown receiver";
        return open.receive(entity, at);
      },
      discover: (entity) => {
        const owner = this.#owners.get(entity.name);
        if (owner !== undefined && owner !== origin) {
          throw new Error(`the name ${entity.name} is taken by an entity of ${owner}`);
        }
        this.#owners.set(entity.name, origin);
        discovered(origin, entity);
        return store.recorder(entity.name, true);
      },
      retire: (entity) => {
        if (this.#owners.get(entity) !== origin) return;
        this.#forget(entity);
        retired(entity);
      },
      report: (entity, problem) => {
        if (problem === undefined) this.#problems.delete(entity);
        else this.#problems.set(entity, problem);
      },
    };
  }

  #forget(entity: string): void {
    this.#owners.delete(entity);
    this.#problems.delete(entity);
  }

  #close(name: string): void {
    const running = this.#running.get(name)!;
    this.#running.delete(name);
    const declared = new Set(running.entities.map((entity) => entity.name));
    for (const [entity, owner] of [...this.#owners]) {
      if (owner !== name) continue;
      this.#forget(entity);
      // Discovered entities are removed with their origin.
      if (!declared.has(entity)) this.#host.retired(entity);
    }
    try {
      running.open.stop();
    } catch {
      // It is closed in any case, and its entities no longer exist.
    }
  }
}

/**
 * The part of an entity that concerns its origin: changes of labels, limits or windows must not restart it.
 */
function declarationOf({ name, kind, links, cadenceMs, options }: EntityDeclaration): EntityDeclaration {
  return { name, kind, links, cadenceMs, options };
}

/** A clock that catches exceptions of callbacks, which would otherwise end the process. */
function guardedClock(clock: Clock, failed: (error: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    every: (periodMs, fn) => clock.every(periodMs, (tick: Tick) => attempt(() => fn(tick), failed)),
    after: (delayMs, fn) => clock.after(delayMs, () => attempt(fn, failed)),
  };
}

/** The rejection of an asynchronous callback is also a failure. */
function attempt(fn: () => unknown, failed: (error: unknown) => void): void {
  try {
    const result = fn();
    if (result instanceof Promise) result.catch(failed);
  } catch (error) {
    failed(error);
  }
}
