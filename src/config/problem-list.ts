import type { ConfigProblem, ConfigResult, Omitted } from "./types.ts";

/** The maximum number of listed problems, of all kinds together. */
export const MAX_PROBLEMS = 100;

/** Of each kind of check this many are looked for: finding the position of each takes time in a long file. */
const ENOUGH = 250;

/** The first `count` items of a sequence; the rest is never computed. */
export function take<Item>(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}

/** Collects the problems of several checks, and stops each check when it has found enough. */
export class ProblemList {
  readonly #found: ConfigProblem[] = [];
  #complete = true;

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** Adds the problems of one check. */
  add(problems: Iterable<ConfigProblem>): void {
    const some = take(problems, ENOUGH + 1);
    if (some.length > ENOUGH) {
      some.pop();
      this.#complete = false;
    }
    for (const problem of some) this.#found.push(problem);
  }

  /** The result of a config with these problems, in the order of the file, each once. */
  result(): ConfigResult {
    const sorted = this.#found.toSorted((a, b) => a.line - b.line || a.column - b.column);
    const seen = new Set<string>();
    const distinct = sorted.filter((problem) => {
      const key = `${problem.line}:${problem.column}:${problem.message}`;
      return !seen.has(key) && seen.add(key);
    });
    const [next] = distinct.slice(MAX_PROBLEMS);
    if (next === undefined) return { ok: false, problems: distinct };
    const { line, column } = next;
    const count = distinct.length - MAX_PROBLEMS;
    return {
      ok: false,
      problems: distinct.slice(0, MAX_PROBLEMS),
      omitted: { count, exact: this.#complete, line, column },
    };
  }
}

/** "and 12 more problems", "and at least 150 more problems". */
export function omittedText({ count, exact }: Omitted): string {
  return `and ${exact ? "" : "at least "}${count} more ${count === 1 ? "problem" : "problems"}`;
}
