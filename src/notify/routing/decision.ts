import type { Notification, NotificationReason } from "../../core/notification.ts";
import type { Change } from "./memory.ts";

/** A notification that was decided not to be sent. */
export interface Held {
  readonly notification: Notification;
  readonly why: string;
}

/** What only reminds need not be sent any more if it still waits and is about nothing but these alerts. */
export interface Withdrawn {
  readonly fingerprints: ReadonlySet<string>;
  readonly why: string;
}

/** What only reminds of alerts that were told before. */
export const REMINDERS: readonly NotificationReason[] = ["escalation", "repeat"];

/** What the router decided at one instant: to be kept on disk as a whole or not at all. */
export interface Decision {
  readonly changes: readonly Change[];
  readonly send: readonly Notification[];
  readonly held: readonly Held[];
  readonly withdrawn: readonly Withdrawn[];
}

/** Collects a decision. */
export class Draft {
  send: Notification[] = [];
  held: Held[] = [];
  #withdrawn = new Map<string, Set<string>>();

  withdraw(fingerprints: readonly string[], why: string): void {
    const all = this.#withdrawn.get(why) ?? new Set();
    this.#withdrawn.set(why, all);
    for (const fingerprint of fingerprints) all.add(fingerprint);
  }

  /** @returns undefined if nothing was decided */
  take(changes: readonly Change[]): Decision | undefined {
    const { send, held } = this;
    const withdrawn = Array.from(this.#withdrawn, ([why, fingerprints]) => ({ why, fingerprints }));
    if (changes.length + send.length + held.length + withdrawn.length === 0) return undefined;
    this.send = [];
    this.held = [];
    this.#withdrawn = new Map();
    return { changes, send, held, withdrawn };
  }
}
