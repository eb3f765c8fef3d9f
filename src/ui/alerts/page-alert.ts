import type { Alert } from "../../core/alert.ts";
import type { Snapshot } from "../../monitor/types.ts";
import { isLoud } from "./style.ts";

/** The alerts of severity page that ask for attention. */
export interface Pages {
  readonly newest: Alert;
  /** How many, that one included. */
  readonly count: number;
}

/** Every view and every size of the screen shows the newest one, and several parts of a frame ask for it. */
const results = new WeakMap<readonly Alert[], Pages | { readonly count: 0 }>();

/** The newest page that asks for attention; one that nobody has acknowledged comes first. Undefined: there is none. */
export function pagesIn({ alerts }: Pick<Snapshot, "alerts">): Pages | undefined {
  const known = results.get(alerts) ?? find(alerts);
  results.set(alerts, known);
  return known.count === 0 ? undefined : (known as Pages);
}

function find(alerts: readonly Alert[]): Pages | { readonly count: 0 } {
  let newest: Alert | undefined;
  let count = 0;
  for (const alert of alerts) {
    if (alert.severity !== "page" || !isLoud(alert)) continue;
    count += 1;
    if (newest === undefined || isBefore(alert, newest)) newest = alert;
  }
  return newest === undefined ? { count: 0 } : { newest, count };
}

function isBefore(a: Alert, b: Alert): boolean {
  const isOpen = (alert: Alert) => alert.acknowledged === undefined;
  if (isOpen(a) !== isOpen(b)) return isOpen(a);
  return a.firedAt! - b.firedAt! > 0 || (a.firedAt === b.firedAt && a.id > b.id);
}
