import { isDeepStrictEqual } from "node:util";
import type { Catalog } from "../catalog/index.ts";
import type { Config, OriginConfig } from "../config/types.ts";
import type { Clock, Tick } from "../core/clock.ts";
import type { Params } from "../core/params.ts";
import { createRandom } from "../core/random.ts";
import type { ActiveFaults } from "../faults/active.ts";
import type { Store } from "../store/types.ts";
import type { EntityDeclaration, OpenOrigin, OriginContext, Watched } from "../worlds/types.ts";

/** An origin that is running. */
interface Running {
  readonly config: OriginConfig;
  readonly seed: number;
  /** What it was opened or updated with. */
  entities: readonly EntityDeclaration[];
  readonly open: OpenOrigin;
}

/** What the origins need of the monitor. */
export interface OriginHost {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly faults: ActiveFaults;
  readonly clock: Clock;
  readonly live: boolean;
  /** Begins to watch an entity that was discovered, or takes over its new declaration. */
  readonly discovered: (origin: string, entity: EntityDeclaration) => void;
  readonly retired: (entity: string) => void;
}

/** Opens the sources and worlds of a config, and isolates the program from their failures. */
export class Origins {
  readonly #host: OriginHost;
  readonly #running = new Map<string, Running>();
  readonly #problems = new Map<string, string>();
  /** The origin of each entity, discovered ones included. */
  readonly #owners = new Map<string, string>();

  constructor(host: OriginHost) {
    this.#host = host;
  }

  /**
   * Opens what a config lists. What is running already and has not changed goes on undisturbed; an origin whose
   * entities have changed is updated, or opened again when it cannot be.
   * @param which decides which origins are opened now
   * @returns the names of the entities whose origin was not running before
   */
  open(config: Config, which: (origin: OriginConfig) => boolean): string[] {
    const fresh: string[] = [];
    const wanted = new Map(config.origins.map((origin) => [origin.name, origin]));
    for (const [name, { config: before }] of this.#running) {
      const next = wanted.get(name);
      if (next === undefined || next.kind !== before.kind || next.type !== before.type) this.#close(name);
    }
    const declared = new Map(config.entities.map((entity) => [entity.name, declarationOf(entity)]));
    for (const origin of config.origins) {
      if (!which(origin)) continue;
      if (!this.#running.has(origin.name)) fresh.push(...origin.entities);
      const entities = origin.entities.map((name) => declared.get(name)!);
      this.#openOne(origin, entities, config.seed);
    }
    return fresh;
  }

  /** What an entity's origin could not do, if anything. */
  problem(entity: string): string | undefined {
    return this.#problems.get(entity);
  }

  /** The name of the origin that observes an entity. */
  ownerOf(entity: string): string | undefined {
    return this.#owners.get(entity);
  }

  /** @throws RangeError with one plain sentence when it cannot be done */
  act(action: string, entity: string, params: Params, at: number): string {
    const open = this.#openOf(entity);
    if (open?.act === undefined) throw new RangeError(`There is no action for ${entity}.`);
    return open.act(action, entity, params, at);
  }

  stop(): void {
    for (const name of [...this.#running.keys()]) this.#close(name);
  }

  #openOf(entity: string): OpenOrigin | undefined {
    const owner = this.#owners.get(entity);
    return owner === undefined ? undefined : this.#running.get(owner)?.open;
  }

  #openOne(config: OriginConfig, entities: readonly EntityDeclaration[], seed: number): void {
    const running = this.#running.get(config.name);
    if (running !== undefined) {
      if (running.seed === seed && isDeepStrictEqual(running.entities, entities)) return;
      // Another seed means other random streams: nothing of the old run can go on.
      if (running.seed === seed && running.open.update !== undefined && this.#update(running, entities))
        return;
      this.#close(config.name);
    }
    const failed = this.#failure(config.name);
    let open: OpenOrigin = { stop: () => {} };
    for (const { name } of entities) this.#owners.set(name, config.name);
    try {
      const { catalog } = this.#host;
      const kind = (config.type === "world" ? catalog.worlds : catalog.sources).get(config.kind);
      if (kind === undefined) throw new Error(`there is no ${config.type} ${config.kind}`);
      open = kind.open(this.#watched(entities), this.#context(config.name, seed, failed));
    } catch (error) {
      failed(error);
    }
    this.#running.set(config.name, { config, seed, entities, open });
  }

  /** @returns whether the origin took over the entities */
  #update(running: Running, entities: readonly EntityDeclaration[]): boolean {
    const before = running.entities;
    running.entities = entities;
    for (const { name } of before) {
      const isKept = entities.some((entity) => entity.name === name);
      // It may have moved to another origin already.
      if (!isKept && this.#owners.get(name) === running.config.name) this.#forget(name);
    }
    for (const { name } of entities) this.#owners.set(name, running.config.name);
    try {
      running.open.update!(this.#watched(entities));
      return true;
    } catch (error) {
      this.#failure(running.config.name)(error);
      return false;
    }
  }

  #watched(entities: readonly EntityDeclaration[]): Watched[] {
    return entities.map((entity) => ({ entity, recorder: this.#host.store.recorder(entity.name) }));
  }

  /** What to do with an exception of an origin: its entities are unknown, and the reason is on screen. */
  #failure(origin: string): (error: unknown) => void {
    return (error) => {
      const message = error instanceof Error ? error.message : String(error);
      for (const [entity, owner] of this.#owners) {
        if (owner === origin) this.#problems.set(entity, `its source failed: ${message}`);
      }
    };
  }

  #context(origin: string, seed: number, failed: (error: unknown) => void): OriginContext {
    const { clock, live, faults, store, discovered, retired } = this.#host;
    return {
      clock: guardedClock(clock, failed),
      live,
      random: (name) => createRandom(seed, name),
      applyFaults: (entity, at, effects) => faults.apply(entity, at, effects),
      send: (entity, at) => {
        const open = this.#openOf(entity);
        if (open?.receive === undefined) return "there is no such receiver";
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
    for (const [entity, owner] of [...this.#owners]) {
      if (owner !== name) continue;
      this.#forget(entity);
      // What was discovered goes with the origin that found it.
      if (!running.entities.some((declared) => declared.name === entity)) this.#host.retired(entity);
    }
    try {
      running.open.stop();
    } catch {
      // It is gone either way, and there is nobody left to report it to.
    }
  }
}

/** What an origin works with: a change of labels, limits or windows must not disturb it. */
function declarationOf({ name, kind, links, cadenceMs, options }: EntityDeclaration): EntityDeclaration {
  return { name, kind, links, cadenceMs, options };
}

/** A clock whose callbacks cannot throw into the machine's timers: that would end the whole program. */
function guardedClock(clock: Clock, failed: (error: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    every: (periodMs, fn) => clock.every(periodMs, (tick: Tick) => attempt(() => fn(tick), failed)),
    after: (delayMs, fn) => clock.after(delayMs, () => attempt(fn, failed)),
  };
}

/** An asynchronous callback that rejects is a failure like any other. */
function attempt(fn: () => unknown, failed: (error: unknown) => void): void {
  try {
    const result = fn();
    if (result instanceof Promise) result.catch(failed);
  } catch (error) {
    failed(error);
  }
}
