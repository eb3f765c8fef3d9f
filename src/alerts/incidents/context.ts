import type { Alert } from "../../core/alert.ts";
import type { IncidentFault } from "../../core/incident.ts";

/** What incidents have to know about the world besides the alerts. */
export interface CauseContext {
  /** All entities that trouble on this one can reach: its callers, their callers, its queue. Without itself. */
  affectedBy(entity: string): ReadonlySet<string>;
  /** All entities whose trouble can reach this one: the other direction. Without itself. */
  dependenciesOf(entity: string): ReadonlySet<string>;
  /** The fault injected here that explains an alert best; undefined: none does. */
  faultOf(alert: Alert): IncidentFault | undefined;
}

const NONE: ReadonlySet<string> = new Set();

/** Nothing is known: each entity has incidents of its own. */
export const NO_CAUSES: CauseContext = {
  affectedBy: () => NONE,
  dependenciesOf: () => NONE,
  faultOf: () => undefined,
};
