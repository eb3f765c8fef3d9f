import { alerts } from "./alerts.ts";
import { detail } from "./detail.ts";
import { faults } from "./faults.ts";
import { history } from "./history.ts";
import { overview } from "./overview.ts";
import { self } from "./self.ts";
import { trends } from "./trends.ts";
import type { ViewSpec } from "./types.ts";

/** Every view under its name, in the order of their keys. */
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

/** The view that the program opens with and that Esc leads back to. */
export const HOME: ViewName = "overview";

/** A view by its name. */
export function viewSpec(name: ViewName): ViewSpec {
  return views[name];
}
