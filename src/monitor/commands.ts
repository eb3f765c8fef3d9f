import type { Params } from "../core/params.ts";

/** Who gives commands: an operator may act, a viewer may only watch. */
export interface Operator {
  readonly name: string;
  readonly role: "operator" | "viewer";
}

/** Whoever sits at the terminal that the program was started in, unless a name is known. */
export const LOCAL_OPERATOR: Operator = { name: "operator", role: "operator" };

/** What can be done. Every command has an author; see `Monitor.dispatch`. */
export type Command =
  | {
      readonly type: "inject";
      readonly entity: string;
      readonly kind: string;
      readonly params: Params;
      readonly ttlMs: number;
    }
  | { readonly type: "clear"; readonly entity: string }
  | { readonly type: "clear-all" }
  | { readonly type: "act"; readonly entity: string; readonly action: string; readonly params: Params }
  /**
   * Alerts are named by their fingerprints, incidents by their ids: those stand for all of their active alerts.
   * `resolve` closes alerts by hand: they stay closed until their condition has ended once. Does all that is
   * possible, and says what is not; it is refused if nothing is.
   */
  | {
      readonly type: "acknowledge" | "unacknowledge" | "resolve";
      readonly alerts: readonly string[];
      readonly incidents?: readonly number[];
    }
  /** All rules of this name. Holds until the monitor ends, also over a reload. */
  | { readonly type: "enable-rule" | "disable-rule"; readonly rule: string }
  | {
      readonly type: "silence";
      /** As Alertmanager writes them: `entity=~"pay.*", severity="page"`. */
      readonly matchers: string;
      readonly durationMs: number;
      readonly reason: string;
    }
  /** Extends a silence, or ends it now with 0. @see Silences.endAt */
  | { readonly type: "end-silence"; readonly silence: string; readonly afterMs: number }
  /** Sends a test notification over a channel. */
  | { readonly type: "test-channel"; readonly channel: string }
  /** Sends a failed delivery again, named by the key of its notification. */
  | { readonly type: "retry-delivery"; readonly key: string };

/** The result of a command: done, or a sentence that says why not. */
export type Outcome =
  | { readonly done: true; readonly text: string }
  | { readonly done: false; readonly text: string };
