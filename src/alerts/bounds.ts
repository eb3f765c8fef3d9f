import type { EntityKind } from "../core/entity.ts";
import { observedMs } from "../core/gaps.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { RuleMemory } from "./rule-memory.ts";
import { type Measured, measuredText, measureOf, shownLimit, shownValue } from "./value.ts";

/** Limits on both sides of a value, compared as they are; see `sideBeyond`. */
export interface Bounds {
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

/** What is wrong with bounds, for `superRefine`. */
export function refineBounds(
  { above, below, recovery }: Bounds & { readonly recovery?: number | undefined },
  context: { addIssue(issue: { code: "custom"; path: string[]; message: string }): void },
): void {
  const problem = (key: string, message: string) =>
    context.addIssue({ code: "custom", path: key === "" ? [] : [key], message });
  if (above === undefined && below === undefined) problem("", "needs above, below or both");
  else if (above !== undefined && below !== undefined && above < below)
    problem("above", "must not be less than below: every value would be beyond one of them");
  else if (recovery !== undefined && recovery > (above ?? Number.POSITIVE_INFINITY))
    problem("recovery", "must not be above the limit: it is the value at which the alert ends");
  else if (recovery !== undefined && recovery < (below ?? Number.NEGATIVE_INFINITY))
    problem("recovery", "must not be below the limit: it is the value at which the alert ends");
}

export type Side = "over" | "under";

/** Where a value is beyond its bounds; undefined within them, and for NaN. */
export function sideBeyond({ above, below }: Bounds, value: number): Side | undefined {
  if (above !== undefined && value > above) return "over";
  if (below !== undefined && value < below) return "under";
  return undefined;
}

/** What must be known to hold a breach until its value has recovered. */
export interface HeldBounds extends Bounds {
  /** The value at which a breach ends, on the better side of the bounds. */
  readonly recovery?: number | undefined;
  /** The hold of the rule: ms, and consecutive evaluations. */
  readonly for: number;
  readonly ticks: number;
}

/** The breach of one entity. */
interface State {
  side: Side;
  /** ms since the epoch */
  readonly since: number;
  ticks: number;
  /** Its hold was met, so that its alert fires. */
  fired: boolean;
}

/** Where a value is beyond its bounds, or was and has not recovered. */
export interface Found {
  readonly side: Side;
  readonly isHeld: boolean;
}

/**
 * Bounds with hysteresis: once the alert fires, the breach lasts until the value has reached `recovery`. Before that it
 * ends with the value that is back within the bounds: one high value must not become an alert because the next ones
 * are between recovery and limit. Nothing is remembered of an entity within the bounds.
 */
export function findBeyond(
  reading: EntityReading,
  bounds: HeldBounds,
  value: number,
  memory: RuleMemory,
): Found | undefined {
  const side = sideBeyond(bounds, value);
  const { recovery, ticks } = bounds;
  if (recovery === undefined) return side && { side, isHeld: false };
  const { entity, at, gaps } = reading;
  const known = memory.get<State>(entity);
  if (side !== undefined) {
    const state = known ?? memory.of<State>(entity, () => ({ side, since: at, ticks: 0, fired: false }));
    state.side = side;
    state.ticks += 1;
    state.fired ||= state.ticks >= ticks && observedMs(state.since, at, gaps) >= bounds.for;
    return { side, isHeld: false };
  }
  if (known === undefined) return undefined;
  const isTroubled = known.side === "over" ? value > recovery : value < recovery;
  if (known.fired && isTroubled) return { side: known.side, isHeld: true };
  memory.forget(entity);
  return undefined;
}

/** "cpu=85.0% over 80%", "p99 in 5m=600ms over 500ms" */
export function beyondText(kind: EntityKind, measured: Measured, bounds: Bounds, value: number): string {
  const measure = measureOf(kind, measured.measure)!;
  const side = sideBeyond(bounds, value);
  const clause =
    side === undefined
      ? ""
      : ` ${side} ${shownLimit(measure, side === "over" ? bounds.above! : bounds.below!)}`;
  return `${measuredText(measured)}=${shownValue(measure, value)}${clause}`;
}

/** "cpu > 80%", "depth < 1 or depth > 100" */
export function boundsText(
  kind: EntityKind | undefined,
  measured: Measured,
  { above, below }: Bounds,
): string {
  const name = measuredText(measured);
  const measure = measureOf(kind, measured.measure);
  const parts = [
    ...(below === undefined ? [] : [`${name} < ${shownLimit(measure, below)}`]),
    ...(above === undefined ? [] : [`${name} > ${shownLimit(measure, above)}`]),
  ];
  return parts.join(" or ");
}
