import type { Alert } from "../core/alert.ts";
import { compileMatchers, type LabelTest, type Matcher } from "../core/matchers.ts";
import type { MaintenanceWindow, Opening } from "./maintenance/window.ts";

/** Alerts that match are not notified until it expires. They go on being evaluated and shown. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly reason: string;
  readonly author: string;
  /** ms since the epoch */
  readonly startsAt: number;
  readonly endsAt: number;
}

export type NewSilence = Omit<Silence, "id">;

/** The author of the silences that maintenance windows make. */
export const CONFIG = "config";

/** Every alert has a name. */
const EVERYTHING: readonly Matcher[] = [{ name: "alertname", operator: "!=", value: "" }];

/** Expired silences are listed for this long, ms. */
export const EXPIRED_KEPT_MS = 60 * 60_000;
/** So many silences are kept; more are refused. */
export const MOST_SILENCES = 1_000;

/** The silences of all operators. They belong to no config, so a reload leaves them alone. */
export class Silences {
  readonly #silences = new Map<string, { readonly silence: Silence; readonly test: LabelTest }>();
  #listed: readonly Silence[] | undefined;
  /** The silences of open maintenance windows, by the name of the window. */
  readonly #windows = new Map<string, string>();
  #lastId = 0;

  /** @throws RangeError for an invalid expression, a time that ends before it begins, and when there are too many */
  add(silence: NewSilence): Silence {
    if (!(silence.endsAt > silence.startsAt)) throw new RangeError("a silence must end after it begins");
    if (this.#silences.size >= MOST_SILENCES)
      throw new RangeError(`there are ${MOST_SILENCES} silences already`);
    const test = compileMatchers(silence.matchers);
    this.#lastId += 1;
    const added = { ...silence, id: String(this.#lastId) };
    this.#set(added, test);
    return added;
  }

  /** A maintenance window opened or closed; each time that it is open is one silence. */
  maintain({ name, reason, matchers }: MaintenanceWindow, open: Opening | undefined, now: number): void {
    const known = this.#windows.get(name);
    this.#windows.delete(name);
    const end = known === undefined ? undefined : this.#silences.get(known)?.silence.endsAt;
    if (known !== undefined && end !== undefined && end > now) this.endAt(known, now);
    if (open === undefined) return;
    this.#lastId += 1;
    const id = String(this.#lastId);
    const why = reason === "" ? `maintenance ${name}` : `maintenance ${name}: ${reason}`;
    const window = { startsAt: open.from, endsAt: open.to, reason: why, author: CONFIG };
    const all = matchers.length > 0 ? matchers : EVERYTHING;
    this.#windows.set(name, id);
    this.#set({ id, matchers: all, ...window }, compileMatchers(all));
  }

  /** Gives a silence another end: later to extend it, now to end it. Undefined: unknown id. */
  endAt(id: string, endsAt: number): Silence | undefined {
    const known = this.#silences.get(id);
    if (known === undefined) return undefined;
    const changed = { ...known.silence, endsAt };
    this.#set(changed, known.test);
    return changed;
  }

  /** The silence that holds for an alert at `now` (ms since the epoch); the one that ends last. */
  matching({ labels, severity }: Alert, now: number): Silence | undefined {
    let found: Silence | undefined;
    for (const { silence, test } of this.#silences.values()) {
      if (now < silence.startsAt || now >= silence.endsAt) continue;
      if (found !== undefined && found.endsAt >= silence.endsAt) continue;
      if (test({ ...labels, severity })) found = silence;
    }
    return found;
  }

  /** When a silence begins or ends next, after `now` (ms since the epoch); Infinity: never. */
  changesAt(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { silence } of this.#silences.values()) {
      for (const at of [silence.startsAt, silence.endsAt]) if (at > now && at < next) next = at;
    }
    return next;
  }

  /** Forgets silences that expired long ago. */
  forget(now: number): void {
    for (const [id, { silence }] of this.#silences) {
      if (now - silence.endsAt <= EXPIRED_KEPT_MS) continue;
      this.#silences.delete(id);
      this.#listed = undefined;
    }
  }

  /** Those that end first, first. The same array until something changes. */
  list(): readonly Silence[] {
    this.#listed ??= Array.from(this.#silences.values(), ({ silence }) => silence).sort(
      (a, b) => a.endsAt - b.endsAt,
    );
    return this.#listed;
  }

  #set(silence: Silence, test: LabelTest): void {
    this.#silences.set(silence.id, { silence, test });
    this.#listed = undefined;
  }
}
