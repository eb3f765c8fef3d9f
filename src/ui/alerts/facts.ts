import type { Labels } from "../../core/metric.ts";
import type { Role } from "../text/line.ts";

/** One line about an alert or an incident. */
export interface Fact {
  /** Undefined: the text takes the whole width. */
  readonly label: string | undefined;
  readonly text: string;
  readonly role: Role;
  /** What Enter opens: `entity:NAME` or the key of an incident. */
  readonly link?: string;
}

export const fact = (label: string | undefined, text: string, role: Role = "text"): Fact => ({
  label,
  text,
  role,
});

/** `a="1", b="2"` */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");
}
