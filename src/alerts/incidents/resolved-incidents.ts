import type { Alert } from "../../core/alert.ts";
import type { Incident, IncidentFault } from "../../core/incident.ts";
import type { IncidentRecord } from "./record.ts";

/** An alert that fires within this time after the end of its incident reopens it, ms. */
export const REOPENS_WITHIN_MS = 5 * 60_000;

/** So many are kept: more than are listed. */
const KEPT = 200;

/** The newest incidents that are over. */
export class ResolvedIncidents {
  /** Those that can still be reopened, oldest first. */
  #recent: IncidentRecord[] = [];
  #older: Incident[] = [];

  add(record: IncidentRecord): void {
    const { resolvedAt } = record;
    while (this.#recent.length > 0 && !isRecent(this.#recent[0]!, resolvedAt!)) this.#retire();
    this.#recent.push(record);
    if (this.#recent.length + this.#older.length > KEPT) {
      if (this.#older.length === 0) this.#retire();
      this.#older.shift();
    }
  }

  /**
   * The incident that an alert reopens: that of its fault, one of which it was part, or that began on its entity. A
   * fault that was injected after its end is new trouble.
   */
  takeBack(
    { fingerprint, entity }: Alert,
    fault: IncidentFault | undefined,
    at: number,
  ): IncidentRecord | undefined {
    const reopens = (record: IncidentRecord): boolean => {
      if (!isRecent(record, at)) return false;
      if (fault !== undefined && record.faults.has(fault.id)) return true;
      const isSame = record.entity === entity || record.members.has(fingerprint);
      return isSame && (fault === undefined || fault.injectedAt <= record.resolvedAt!);
    };
    const index = this.#recent.findLastIndex(reopens);
    return index < 0 ? undefined : this.#recent.splice(index, 1)[0];
  }

  all(): readonly Incident[] {
    return [...this.#older, ...this.#recent.map((record) => record.publish())];
  }

  #retire(): void {
    this.#older.push(this.#recent.shift()!.publish());
  }
}

function isRecent({ resolvedAt }: IncidentRecord, at: number): boolean {
  return at - resolvedAt! <= REOPENS_WITHIN_MS;
}
