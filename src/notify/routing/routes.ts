import { createHash } from "node:crypto";
import { compileMatchers, type LabelTest, matchersText } from "../../core/matchers.ts";
import type { Labels } from "../../core/metric.ts";
import type { NotifyConfig, ReceiverConfig, RouteConfig } from "../settings.ts";
import { audienceOf, expand, type Listener } from "./audience.ts";
import type { Subject } from "./subject.ts";

/** Groups by all labels: every alert is a group of its own. */
export const ALL_LABELS = "...";

/** A route, ready to match. */
export interface Route {
  /** The same after a restart and an edit of other parts: what it matches and how it groups. */
  readonly id: string;
  readonly config: RouteConfig;
  readonly audience: readonly Listener[];
  /** Those of each escalation step. */
  readonly steps: readonly (readonly ReceiverConfig[])[];
  matches(subject: Subject): boolean;
}

/** The routes of a config, in order. A receiver or channel that does not exist is left out. */
export function compileRoutes(config: NotifyConfig): readonly Route[] {
  const receivers = new Map(config.receivers.map((receiver) => [receiver.name, receiver]));
  const seen = new Map<string, number>();
  return config.routes.map((route) => {
    const identity = identityOf(route);
    const nth = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, nth);
    const test = testOf(route);
    return {
      id: createHash("sha256").update(`${identity} ${nth}`).digest("hex").slice(0, 12),
      config: route,
      audience: audienceOf(route, receivers),
      steps: route.escalate.map(({ to }) => expand(to, receivers)),
      matches: (subject) =>
        (route.of === "incidents") === (subject.incident !== undefined) &&
        (route.kinds?.includes(subject.labels.kind ?? "") ?? true) &&
        test(subject.labels),
    };
  });
}

/** The routes of a subject: the first that matches, and the next ones after a `continue`. */
export function routesFor(routes: readonly Route[], subject: Subject): readonly Route[] {
  const found: Route[] = [];
  for (const route of routes) {
    if (!route.matches(subject)) continue;
    found.push(route);
    if (!route.config.continue) break;
  }
  return found;
}

/** The labels by which a route groups a subject. Every incident is a group of its own. */
export function groupLabels({ config }: Route, subject: Subject): Labels {
  if (config.of === "incidents") return { incident: subject.id };
  const { labels } = subject;
  if (config.groupBy.includes(ALL_LABELS)) return labels;
  return Object.fromEntries(
    config.groupBy.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])),
  );
}

function identityOf({ matchers, kinds, of, groupBy }: RouteConfig): string {
  return JSON.stringify([of, matchers.length > 0 ? matchersText(matchers) : "", kinds ?? [], groupBy]);
}

function testOf({ matchers }: RouteConfig): LabelTest {
  return compileMatchers(matchers);
}
