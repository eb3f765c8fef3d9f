import type { EntityKind } from "../core/entity.ts";
import type { EntitySnapshot, History, Kinds, Monitor, Snapshot } from "../monitor/types.ts";
import type { Glyphs } from "../terminal/glyphs.ts";
import type { PanelInstance } from "./panel-instance.ts";
import type { UiAction } from "./reducer.ts";
import type { Layout } from "./screen/boxes.ts";
import type { UiState } from "./state.ts";

/** The input of panels. A new object after every change. */
export interface View {
  /** The shown state: live, or of a past instant. */
  readonly snapshot: Snapshot;
  /** The shown instant, ms since the epoch. The snapshot of a past instant can be from an earlier tick. */
  readonly at: number;
  /** The newest snapshot; the same object while the screen is live. */
  readonly live: Snapshot;
  readonly history: History;
  readonly kinds: Kinds;
  readonly ui: UiState;
  readonly glyphs: Glyphs;
  /** The entities that match the filter, section by section, sorted. */
  readonly entities: readonly EntitySnapshot[];
  /** The same by kind, in the order in which the kinds first appear in the config. */
  readonly sections: readonly Section[];
  readonly selected: EntitySnapshot | undefined;
  readonly size: Size;
  /** The drawing cost on this terminal; undefined before the first update. */
  readonly drawing: Drawing | undefined;
  readonly layout: Layout;
  /** The keys of the items of a panel. */
  readonly itemsIn: (panel: PanelInstance) => readonly string[];
  /** The entity that Enter opens for an item of a panel; undefined: the selected one. */
  readonly entityOf: (panel: PanelInstance, item: string) => string | undefined;
  /** What Enter does with an item of a panel; undefined: it opens its entity. */
  readonly opens: (panel: PanelInstance, item: string) => UiAction | undefined;
  /** See Monitor.tryRule. */
  readonly tryRule: Monitor["tryRule"];
  /** The cache of charts, owned by the session; invalid for an entity whose generation changed. */
  readonly memory: ChartMemory;
}

/** The entities of one kind. */
export interface Section {
  readonly kind: EntityKind;
  readonly entities: readonly EntitySnapshot[];
}

/** A cache of final chart values, by key. */
export interface ChartMemory {
  /**
   * Returns the cached object of `key` for this generation of an entity, or creates it with `make`. The
   * owner may modify the object; the least recently used ones are dropped.
   */
  remember<T extends object>(entity: string, generation: number, key: string, make: () => T): T;
}

/** The drawing cost over the last seconds. */
export interface Drawing {
  readonly updatesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Size of the newest update, bytes. */
  readonly lastBytes: number;
  /** Updates delayed since the start because the terminal had not accepted the previous one. */
  readonly heldBack: number;
}

/** Columns and rows. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
