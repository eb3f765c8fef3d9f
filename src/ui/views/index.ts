import { alert } from "./alert.ts";
import { alerts } from "./alerts.ts";
import { deliveries } from "./deliveries.ts";
import { delivery } from "./delivery.ts";
import { detail } from "./detail.ts";
import { faults } from "./faults.ts";
import { history } from "./history.ts";
import { incident } from "./incident.ts";
import { overview } from "./overview.ts";
import { rules } from "./rules.ts";
import { self } from "./self.ts";
import { silences } from "./silences.ts";
import { statistics } from "./statistics.ts";
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
  deliveries,
  rules,
  silences,
  statistics,
  alert,
  incident,
  delivery,
} satisfies Record<string, ViewSpec>;

export type ViewName = keyof typeof views;

/** The initial view, to which Esc returns. */
export const HOME: ViewName = "overview";

/** A view and its pages, in the order of Tab. */
export function pagesOf(name: ViewName): readonly ViewName[] {
  const first = (viewSpec(name).pageOf ?? name) as ViewName;
  const pages = (Object.keys(views) as ViewName[]).filter((each) => viewSpec(each).pageOf === first);
  return [first, ...pages];
}

/** The view of a name. */
export function viewSpec(name: ViewName): ViewSpec {
  return views[name];
}
