import type { IncidentEntry } from "../../core/incident.ts";

/** An incident keeps so many entries: its first ones, which show how it began, and its newest ones. */
const KEPT_FIRST = 20;
const KEPT_LAST = 60;

/** The timeline of one incident, in bounded memory. */
export class Timeline {
  #first: IncidentEntry[] = [];
  #last: IncidentEntry[] = [];
  #left = 0;

  add(entry: IncidentEntry): void {
    if (this.#first.length < KEPT_FIRST) this.#first.push(entry);
    else this.#last.push(entry);
    if (this.#last.length <= KEPT_LAST) return;
    this.#last.shift();
    this.#left += 1;
  }

  /** Takes over the entries of an incident that turned out to be the same. */
  merge(other: Timeline): void {
    const all = [...this.#first, ...this.#last, ...other.#first, ...other.#last].sort((a, b) => a.at - b.at);
    this.#left += other.#left;
    this.#first = [];
    this.#last = [];
    for (const entry of all) this.add(entry);
  }

  /** Oldest first; what was left out is said. */
  entries(): readonly IncidentEntry[] {
    const sorted = [...this.#first, ...this.#last].sort((a, b) => a.at - b.at);
    if (this.#left === 0) return sorted;
    const text = `... ${this.#left} more`;
    const gap = { at: this.#last[0]!.at, text, actor: undefined };
    return [...sorted.slice(0, KEPT_FIRST), gap, ...sorted.slice(KEPT_FIRST)];
  }
}
