import type { Severity } from "../../core/alert.ts";
import { SEVERITIES } from "../../core/alert.ts";
import type { ReceiverConfig, RouteConfig } from "../settings.ts";

/** Who is told by a route. */
export interface Listener {
  readonly receiver: ReceiverConfig;
  /** From which escalation step on: 0 at once, 1 from the first step. */
  readonly fromLevel: number;
}

/** All channels of a receiver, whatever the severity. */
export function channelsOf({ channels }: ReceiverConfig): readonly string[] {
  return [...new Set(SEVERITIES.flatMap((severity) => channels[severity]))];
}

/** A team with its members, recursively, each once. A name that no receiver has is left out. */
export function expand(
  names: readonly string[],
  receivers: ReadonlyMap<string, ReceiverConfig>,
): readonly ReceiverConfig[] {
  const found = new Map<string, ReceiverConfig>();
  const add = (name: string) => {
    const receiver = receivers.get(name);
    if (receiver === undefined || found.has(name)) return;
    found.set(name, receiver);
    for (const member of receiver.members) add(member);
  };
  for (const name of names) add(name);
  return [...found.values()];
}

/** All receivers of a route, each with the earliest step that names it. */
export function audienceOf(
  route: RouteConfig,
  receivers: ReadonlyMap<string, ReceiverConfig>,
): readonly Listener[] {
  const listeners = new Map<string, Listener>();
  for (const [fromLevel, names] of [route.receivers, ...route.escalate.map(({ to }) => to)].entries()) {
    for (const receiver of expand(names, receivers)) {
      if (!listeners.has(receiver.name)) listeners.set(receiver.name, { receiver, fromLevel });
    }
  }
  return [...listeners.values()];
}

/** Whether a severity is told at any time: quiet hours are for the others. */
export function isUrgent(severity: Severity): boolean {
  return severity !== "warning";
}
