import { healthRank } from "../core/health.ts";
import type { FaultKind, ServiceSnapshot, Snapshot } from "../monitor/types.ts";
import type { Glyphs } from "../terminal/glyphs.ts";
import type { Layout } from "./screen/boxes.ts";
import type { Sort, UiState } from "./state.ts";

/** All that a panel may draw from. A new object whenever anything in it changed. */
export interface View {
  /** What is shown: live, or as it stood at a past instant. */
  readonly snapshot: Snapshot;
  /** The newest there is; the same object while the screen is live. */
  readonly live: Snapshot;
  readonly ui: UiState;
  readonly glyphs: Glyphs;
  /** The services that pass the filter, sorted. */
  readonly services: readonly ServiceSnapshot[];
  readonly selected: ServiceSnapshot | undefined;
  readonly faultKinds: readonly FaultKind[];
  readonly size: Size;
  /** What drawing on this terminal costs; undefined until something was drawn. */
  readonly drawing: Drawing | undefined;
  readonly layout: Layout;
  /** How many things the arrows can move over in a panel. */
  readonly itemsIn: (panel: string) => number;
}

/** What drawing costs, over the last seconds. */
export interface Drawing {
  readonly updatesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Size of the newest update, bytes. */
  readonly lastBytes: number;
  /** Drawings put off since the start because the terminal was still busy with the one before. */
  readonly heldBack: number;
}

/** Columns and rows. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The services that a filter lets through: any part of name, source, health or a label, in any case. */
export function filterServices(
  services: readonly ServiceSnapshot[],
  filter: string,
): readonly ServiceSnapshot[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return services;
  return services.filter((service) => {
    const words = [service.name, service.source, service.health, ...Object.values(service.labels)]
      .join(" ")
      .toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}

type Compare = (a: ServiceSnapshot, b: ServiceSnapshot) => number;

/** What stands first is what one looks for: the worst, the busiest, the slowest; names in their own order. */
const COMPARE: Readonly<Record<Exclude<Sort, "config">, Compare>> = {
  health: (a, b) => healthRank(b.health) - healthRank(a.health),
  name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  rate: (a, b) => b.stats.requestRate - a.stats.requestRate,
  errors: (a, b) => b.stats.errorRate - a.stats.errorRate,
  p99: (a, b) => b.stats.p99 - a.stats.p99,
};

/** Sorting is stable: equal services keep the order of the config. */
export function sortServices(
  services: readonly ServiceSnapshot[],
  sort: Sort,
  reversed: boolean,
): readonly ServiceSnapshot[] {
  const sorted = sort === "config" ? [...services] : services.toSorted(COMPARE[sort]);
  return reversed ? sorted.reverse() : sorted;
}
