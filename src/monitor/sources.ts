import type { ServiceConfig } from "../config/types.ts";
import type { Beat, Clock } from "../core/clock.ts";
import { sourceKind } from "../sources/index.ts";
import type { OpenSource, SourceContext, SourceKind } from "../sources/types.ts";
import type { Store } from "../store/types.ts";

interface Running {
  readonly services: readonly string[];
  /** What it was opened with: it is opened again only when that changes. */
  readonly signature: string;
  readonly source: OpenSource;
}

/** Opens the sources that a config asks for, and keeps one that fails from harming anything else. */
export class Sources {
  readonly #context: Omit<SourceContext, "report">;
  readonly #store: Store;
  readonly #kindOf: (name: string) => SourceKind<unknown>;
  readonly #running = new Map<string, Running>();
  readonly #problems = new Map<string, string>();

  /** @param kindOf finds a kind of source by its name in the config */
  constructor(context: Omit<SourceContext, "report">, store: Store, kindOf = sourceKind) {
    this.#context = context;
    this.#store = store;
    this.#kindOf = kindOf;
  }

  /** Makes what is at work match the config: sources whose services have not changed go on undisturbed. */
  open(services: readonly ServiceConfig[]): void {
    const wanted = Map.groupBy(services, (service) => service.source);
    for (const [kind, running] of this.#running) {
      if (JSON.stringify(wanted.get(kind)) === running.signature) wanted.delete(kind);
      else this.#close(kind);
    }
    for (const [kind, configs] of wanted) this.#openKind(kind, configs);
  }

  /** What a service's source could not do, if anything. */
  problem(service: string): string | undefined {
    return this.#problems.get(service);
  }

  stop(): void {
    for (const kind of [...this.#running.keys()]) this.#close(kind);
  }

  #openKind(kind: string, configs: readonly ServiceConfig[]): void {
    const services = configs.map((service) => service.name);
    const report = (service: string, problem: string | undefined) => {
      if (problem === undefined) this.#problems.delete(service);
      else this.#problems.set(service, problem);
    };
    const failed = (error: unknown) => {
      for (const service of services) report(service, `its source failed: ${messageOf(error)}`);
    };
    const context = { ...this.#context, clock: guarded(this.#context.clock, failed), report };
    const watched = configs.map(({ name, options }) => ({
      service: name,
      options,
      recorder: this.#store.recorder(name),
    }));
    let source: OpenSource = { stop: () => {} };
    try {
      source = this.#kindOf(kind).open(watched, context);
    } catch (error) {
      failed(error);
    }
    this.#running.set(kind, { services, signature: JSON.stringify(configs), source });
  }

  #close(kind: string): void {
    const running = this.#running.get(kind)!;
    this.#running.delete(kind);
    for (const service of running.services) this.#problems.delete(service);
    try {
      running.source.stop();
    } catch {
      // It is gone either way, and nobody is left who could be told.
    }
  }
}

/** A clock whose callbacks cannot throw into the machine's timers: that would end the whole program. */
function guarded(clock: Clock, failed: (error: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    every: (periodMs, fn) => clock.every(periodMs, (beat: Beat) => attempt(() => fn(beat), failed)),
    after: (delayMs, fn) => clock.after(delayMs, () => attempt(fn, failed)),
  };
}

function attempt(fn: () => void, failed: (error: unknown) => void): void {
  try {
    fn();
  } catch (error) {
    failed(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
