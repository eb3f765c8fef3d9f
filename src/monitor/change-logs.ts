import { RESOLVED_KEPT_MS, type Transition } from "../alerts/lifecycle.ts";
import type { Alert } from "../core/alert.ts";
import type { FaultCard } from "./types.ts";
import { VersionLog } from "./version-log.ts";

/** The transitions of alerts and the changes of fault cards, from which a past instant is put together. */
export class ChangeLogs {
  readonly #alerts = new VersionLog<Alert>();
  readonly #faults = new VersionLog<FaultCard>();

  /** @param at ms since the epoch, never falling */
  alertChanged({ type, alert }: Transition, at: number): void {
    this.#alerts.note(at, alert.id, type === "gone" ? undefined : alert);
  }

  faultChanged(card: FaultCard, at: number): void {
    this.#faults.note(at, card.id, card);
  }

  get size(): number {
    return this.#alerts.size + this.#faults.size;
  }

  /** As the life cycle lists them: active ones first, then resolved; the newest first in each. */
  alertsAt(at: number): readonly Alert[] {
    const newestFirst = this.#alerts.at(at).sort((a, b) => b.id - a.id);
    const isKept = ({ resolvedAt }: Alert) => at - (resolvedAt ?? at) <= RESOLVED_KEPT_MS;
    return [
      ...newestFirst.filter(({ state }) => state !== "resolved"),
      ...newestFirst.filter((alert) => alert.state === "resolved" && isKept(alert)),
    ];
  }

  /** As the reports list them: active ones first, then ended; the newest first in each. */
  faultsAt(at: number): readonly FaultCard[] {
    const newestFirst = this.#faults.at(at).sort((a, b) => b.id - a.id);
    return [
      ...newestFirst.filter(({ endedAt }) => endedAt === undefined),
      ...newestFirst.filter(({ endedAt }) => endedAt !== undefined),
    ];
  }
}
