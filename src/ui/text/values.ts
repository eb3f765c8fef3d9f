import { formatMs, formatRate, formatRatio } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import { errorRateRole } from "./error-role.ts";
import type { Role } from "./line.ts";

/** A number as it stands in a cell: its text, and what colour it deserves. */
export interface Value {
  readonly text: string;
  readonly role: Role;
}

/** Fewer requests than this, and the percentile rests on less than one of them. */
const WEAK_BELOW = { p50: 2, p90: 10, p95: 20, p99: 100, p999: 1000 } as const;

type Percentile = keyof typeof WEAK_BELOW;

/** What is not known is a dash, in every cell alike. */
function unknown({ glyphs }: View): Value {
  return { text: glyphs.dash, role: "dim" };
}

/** Old numbers are dim, whatever they say. */
const aged = (service: ServiceSnapshot, role: Role): Role => (service.health === "unknown" ? "dim" : role);

export function rateValue(view: View, service: ServiceSnapshot): Value {
  const { requestCount, requestRate } = service.stats;
  if (requestCount === 0) return unknown(view);
  return { text: formatRate(requestRate), role: aged(service, "text") };
}

export function errorValue(view: View, service: ServiceSnapshot): Value {
  const { stats, thresholds } = service;
  if (stats.requestCount === 0) return unknown(view);
  return {
    text: formatRatio(stats.errorRate),
    role: aged(service, errorRateRole(stats.errorRate, thresholds)),
  };
}

export function latencyValue(view: View, service: ServiceSnapshot, percentile: Percentile): Value {
  const { stats, thresholds } = service;
  if (stats.requestCount === 0) return unknown(view);
  const weak = stats.requestCount < WEAK_BELOW[percentile];
  const role = percentile === "p99" ? latencyRole(stats.p99, thresholds) : "text";
  const calm = role === "text" && weak ? "dim" : role;
  return { text: `${weak ? "~" : ""}${formatMs(stats[percentile])}`, role: aged(service, calm) };
}

export function availabilityValue(view: View, service: ServiceSnapshot): Value {
  const { availability } = service.stats;
  if (availability === undefined) return unknown(view);
  const role = availability < service.thresholds.availability_down ? "critical" : "text";
  // 99.97 must not read as 100.0: only what never failed is a full hundred.
  const shown = availability < 100 ? Math.min(99.9, availability) : 100;
  return { text: shown.toFixed(1), role: aged(service, role) };
}

/** A gauge in percent. Above 85 it asks for attention, above 95 it shouts. */
export function percentValue(view: View, service: ServiceSnapshot, value: number | undefined): Value {
  if (value === undefined) return unknown(view);
  return { text: `${Math.round(value)}%`, role: aged(service, percentRole(value)) };
}

/** What colour a share of a machine in percent deserves. */
export function percentRole(percent: number): Role {
  return percent > 95 ? "critical" : percent > 85 ? "degraded" : "text";
}

type Thresholds = ServiceSnapshot["thresholds"];

export function latencyRole(ms: number, thresholds: Thresholds): Role {
  return ms > thresholds.p99_critical ? "critical" : ms > thresholds.p99_degraded ? "degraded" : "text";
}
