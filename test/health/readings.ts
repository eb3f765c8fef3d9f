import type { Limits, Values } from "../../src/core/measure.ts";
import { service } from "../../src/kinds/service.ts";
import type { EntityReading } from "../../src/measures/reading.ts";

/** The instant of readings in tests, ms since the epoch. */
export const NOW = 1_000_000;

/** The default limits of a service. */
export const LIMITS: Readonly<Record<string, Limits>> = Object.fromEntries(
  service.measures.flatMap(({ id, limits }) => (limits ? [[id, limits]] : [])),
);

/** Values of a service, with ratios computed from counts. */
export function serviceValues(given: Values): Values {
  const all: Record<string, number> = Object.fromEntries(
    service.measures.filter(({ onDemand }) => !onDemand).map(({ id }) => [id, Number.NaN]),
  );
  Object.assign(all, { requests: 0, errors: 0, checks: 0, failed_checks: 0, request_rate: 0 }, given);
  if (Number.isNaN(all.latencies)) all.latencies = all.requests!;
  const { requests, errors, checks, failed_checks: failed } = all as Record<string, number>;
  const ratio = (of: number, to: number) => (to > 0 ? of / to : Number.NaN);
  const availability = 100 * (1 - (checks! > 0 ? ratio(failed!, checks!) : ratio(errors!, requests!)));
  return { error_rate: ratio(errors!, requests!), availability, ...definedOnly(all, given) };
}

/** A given ratio takes precedence over the computed one. */
function definedOnly(all: Record<string, number>, given: Values): Values {
  const computed = ["error_rate", "availability"].filter((id) => !(id in given));
  return Object.fromEntries(Object.entries(all).filter(([id]) => !computed.includes(id)));
}

/** A healthy service: 100 fast requests, passing checks, a fresh heartbeat, an idle CPU. */
export function aReading(
  given: Partial<Omit<EntityReading, "values">> = {},
  values: Values = { requests: 100, checks: 50, p99: 80, cpu: 20 },
): EntityReading {
  return {
    entity: "payment-service",
    kind: service,
    at: NOW,
    windowMs: 60_000,
    values: serviceValues(values),
    limits: LIMITS,
    lastSeenAt: NOW,
    lifeSigns: [
      { name: "heartbeat", lastSeenAt: NOW },
      { name: "passing health check", lastSeenAt: NOW },
    ],
    watchedSince: NOW - 600_000,
    gaps: [],
    cadenceMs: 1_000,
    staleAfterMs: undefined,
    ...given,
  };
}
