import { durationText } from "../../core/duration.ts";
import { matchersText } from "../../core/matchers.ts";
import {
  isReady,
  loadEnginesOf,
  type MaintenanceWindow,
  type Opening,
  type Schedule,
  scheduleOf,
} from "./window.ts";

/** A maintenance window of the config, and when it is open. Times in ms since the epoch. */
export interface MaintenanceSnapshot {
  readonly name: string;
  /** Which alerts it silences, as Alertmanager writes matchers; empty: all. */
  readonly matchers: string;
  readonly reason: string;
  /** "0 2 * * * for 1h, Europe/Berlin", or empty for one that opens once. */
  readonly schedule: string;
  /** While it is open. */
  readonly openSince: number | undefined;
  readonly openUntil: number | undefined;
  /** The beginning and the end of the next time; undefined: it does not open again. */
  readonly opensAt: number | undefined;
  readonly closesAt: number | undefined;
}

interface Entry {
  readonly window: MaintenanceWindow;
  /** Undefined until what it needs is loaded. */
  schedule: Schedule | undefined;
  open: Opening | undefined;
}

/** A window that opened or closed. */
export interface WindowChange {
  readonly window: MaintenanceWindow;
  /** Undefined: it closed, or was removed from the config. */
  readonly open: Opening | undefined;
}

/** The maintenance windows of a config. */
export class MaintenanceWindows {
  #entries = new Map<string, Entry>();
  /** Open windows that are no longer in the config. */
  #removed: MaintenanceWindow[] = [];
  /** When something changes next, ms since the epoch. */
  #dueAt = Number.NEGATIVE_INFINITY;
  #advancedTo = 0;
  #isLoading = false;
  #snapshot: readonly MaintenanceSnapshot[] | undefined;

  /** Applies a new config. A window that is the same stays open. */
  configure(windows: readonly MaintenanceWindow[]): void {
    const before = this.#entries;
    this.#entries = new Map();
    for (const window of windows) {
      const key = JSON.stringify(window);
      this.#entries.set(key, before.get(key) ?? { window, schedule: undefined, open: undefined });
      before.delete(key);
    }
    for (const { window, open } of before.values()) if (open !== undefined) this.#removed.push(window);
    this.#dueAt = Number.NEGATIVE_INFINITY;
    this.#snapshot = undefined;
  }

  /** What opened and closed since the last call. @param now ms since the epoch, never decreasing */
  advance(now: number): readonly WindowChange[] {
    if (now < this.#dueAt) return [];
    this.#advancedTo = now;
    const changes: WindowChange[] = this.#removed.map((window) => ({ window, open: undefined }));
    this.#removed = [];
    this.#dueAt = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries.values()) {
      if (!isReady(entry.window)) {
        this.#dueAt = now;
        this.#load();
        continue;
      }
      entry.schedule ??= scheduleOf(entry.window);
      const open = entry.schedule.openAt(now);
      if (open?.from !== entry.open?.from) {
        changes.push({ window: entry.window, open });
        entry.open = open;
      }
      const next = entry.schedule.next(now)?.from ?? Number.POSITIVE_INFINITY;
      this.#dueAt = Math.min(this.#dueAt, open?.to ?? Number.POSITIVE_INFINITY, next);
    }
    this.#snapshot = undefined;
    return changes;
  }

  /** With a screen, libraries are loaded after its first frame; until then their windows are not open. */
  #load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const windows = Array.from(this.#entries.values(), ({ window }) => window);
    const done = () => {
      this.#isLoading = false;
    };
    void loadEnginesOf(windows).then(done, done);
  }

  /** All windows, as they are since the last `advance`. The same array until something changes. */
  snapshot(): readonly MaintenanceSnapshot[] {
    this.#snapshot ??= this.snapshotAt(this.#advancedTo);
    return this.#snapshot;
  }

  /** The windows of the newest config at any instant. */
  snapshotAt(at: number): readonly MaintenanceSnapshot[] {
    return Array.from(this.#entries.values(), ({ window, schedule }) => {
      const open = schedule?.openAt(at);
      const next = schedule?.next(at);
      return {
        name: window.name,
        matchers: matchersText(window.matchers),
        reason: window.reason,
        schedule: scheduleText(window),
        openSince: open?.from,
        openUntil: open?.to,
        opensAt: next?.from,
        closesAt: next?.to,
      };
    });
  }
}

function scheduleText({ when }: MaintenanceWindow): string {
  if ("from" in when) return "";
  const zone = when.timeZone === undefined ? "" : `, ${when.timeZone}`;
  return `${when.cron} for ${durationText(when.durationMs)}${zone}`;
}
