import type { Failure } from "../../core/observation.ts";

const MOST = 20;

/** The newest failures of an entity. Pushing allocates nothing: the reasons are strings that exist already. */
export class FailureRing {
  private readonly times: number[] = [];
  private readonly reasons: string[] = [];
  private next = 0;
  private listed: readonly Failure[] | undefined;

  /** @param at ms since the epoch */
  push(at: number, reason: string): void {
    this.times[this.next] = at;
    this.reasons[this.next] = reason;
    this.next = (this.next + 1) % MOST;
    this.listed = undefined;
  }

  /** Newest first; the same array until there is another. */
  newestFirst(): readonly Failure[] {
    this.listed ??= Array.from(this.times, (_, age) => {
      const place = (this.next - 1 - age + MOST) % MOST;
      return { at: this.times[place]!, reason: this.reasons[place]! };
    });
    return this.listed;
  }
}
