import { RESOLVED_KEPT_MS, type Transition } from "../alerts/lifecycle.ts";
import type { Alert } from "../core/alert.ts";
import type { FaultCard } from "./types.ts";
import { VersionLog } from "./version-log.ts";

/** The logs of alert transitions and fault card changes, from which past states are rebuilt. */
export class ChangeLogs {
  readonly #alerts = new VersionLog<Alert>();
  readonly #faults = new VersionLog<FaultCard>();

  /** @param at ms since the epoch, never decreasing */
  alertChanged({ type, alert }: Transition, at: number): void {
    this.#alerts.note(at, alert.id, type === "gone" ? undefined : alert);
  }

  faultChanged(card: FaultCard, at: number): void {
    this.#faults.note(at, card.id, card);
  }

  get size(): number {
    return this.#alerts.size + this.#faults.size;
  }

  /** In the order of the life cycle: active first, then resolved, newest first in each group. */
  alertsAt(at: number): readonly Alert[] {
    const newestFirst = this.#alerts.at(at).sort((a, b) => b.id - a.id);
    const isKept = ({ resolvedAt }: Alert) => at - (resolvedAt ?? at) <= RESOLVED_KEPT_MS;
    return [
      ...newestFirst.filter(({ state }) => state !== "resolved"),
      ...newestFirst.filter((alert) => alert.state === "resolved" && isKept(alert)),
    ];
  }

  /** In the order of the reports: active first, then ended, newest first in each group. */
  faultsAt(at: number): readonly FaultCard[] {
    const newestFirst = this.#faults.at(at).sort((a, b) => b.id - a.id);
    return [
      ...newestFirst.filter(({ endedAt }) => endedAt === undefined),
      ...newestFirst.filter(({ endedAt }) => endedAt !== undefined),
    ];
  }
}
