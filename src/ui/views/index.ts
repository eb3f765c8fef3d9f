import { alerts } from "./alerts.ts";
import { detail } from "./detail.ts";
import { faults } from "./faults.ts";
import { history } from "./history.ts";
import { overview } from "./overview.ts";
import { self } from "./self.ts";
import { trends } from "./trends.ts";
import type { ViewSpec } from "./types.ts";

/** All views by name, in the order of their keys. */
export const views = {
  overview,
  detail,
  alerts,
  faults,
  self,
  history,
  trends,
} satisfies Record<string, ViewSpec>;

export type ViewName = keyof typeof views;

/** The initial view, to which Esc returns. */
export const HOME: ViewName = "overview";

/** The view of a name. */
export function viewSpec(name: ViewName): ViewSpec {
  return views[name];
}
