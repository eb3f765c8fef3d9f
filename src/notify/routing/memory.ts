import type { Severity } from "../../core/alert.ts";
import type { NotifiedAlert } from "../../core/notification.ts";

/** What was told to one receiver over one channel about one group. Times are ms since the epoch. */
export interface Told {
  /** The last notification; the repeat interval counts from it. */
  readonly at: number;
  /** The first notification since the group was last told to be over. */
  readonly since: number;
  readonly repeats: number;
  /** The severity by which each subject that fires was told. */
  readonly firing: Readonly<Record<string, Severity>>;
  /** When subjects ended that are sent along for a while, to recipients that keep alerts themselves. */
  readonly ended: Readonly<Record<string, number>>;
}

/** From the first notification about a subject of a group to its end. */
export interface Episode {
  readonly startsAt: number;
  /** The escalation steps count from here: the first notification. */
  readonly escalateFrom: number | undefined;
  /** How many steps were taken. */
  readonly level: number;
  /** Who took care of it, also if the monitor was restarted since. */
  readonly acknowledgedBy?: string | undefined;
  /** As they were when they were told last. */
  readonly alerts: readonly NotifiedAlert[];
}

/** What is collected for one receiver and channel. */
export interface Digest {
  readonly since: number;
  readonly dueAt: number;
  /** By fingerprint. */
  readonly alerts: Readonly<Record<string, NotifiedAlert>>;
}

export interface Tables {
  readonly told: Told;
  readonly episodes: Episode;
  readonly digests: Digest;
}

/** A value that was set or, with null, removed. */
export type Change = readonly [table: string, key: string, value: unknown];

/**
 * What has to be known to tell everything once, also after a restart: the notification log of Alertmanager, and what
 * waits for its time. Values are immutable; each change is handed on to be kept on disk.
 */
export class Memory {
  readonly #tables: { readonly [Name in keyof Tables]: Map<string, Tables[Name]> } = {
    told: new Map(),
    episodes: new Map(),
    digests: new Map(),
  };
  #changes: Change[] = [];

  /** A value from disk. What is known is newer. */
  restore(table: string, key: string, value: unknown): void {
    const map: Map<string, unknown> | undefined = this.#tables[table as keyof Tables];
    if (map?.has(key) === false) map.set(key, value);
  }

  get<Name extends keyof Tables>(table: Name, key: string): Tables[Name] | undefined {
    return this.#tables[table].get(key);
  }

  entries<Name extends keyof Tables>(table: Name): readonly (readonly [string, Tables[Name]])[] {
    return [...this.#tables[table]];
  }

  /** Everything, as changes from nothing. */
  *present(): Iterable<Change> {
    for (const [table, map] of Object.entries(this.#tables)) {
      for (const [key, value] of map) yield [table, key, value];
    }
  }

  set<Name extends keyof Tables>(table: Name, key: string, value: Tables[Name] | undefined): void {
    if (value === undefined) {
      if (this.#tables[table].delete(key)) this.#changes.push([table, key, null]);
      return;
    }
    this.#tables[table].set(key, value);
    this.#changes.push([table, key, value]);
  }

  /** The changes since the last call. */
  drain(): readonly Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }
}
