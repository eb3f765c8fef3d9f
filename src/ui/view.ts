import type { EntityKind } from "../core/entity.ts";
import type { EntitySnapshot, History, Kinds, Snapshot } from "../monitor/types.ts";
import type { Glyphs } from "../terminal/glyphs.ts";
import type { PanelInstance } from "./panel-instance.ts";
import type { Layout } from "./screen/boxes.ts";
import type { UiState } from "./state.ts";

/** All that a panel may draw from. A new object whenever anything in it changed. */
export interface View {
  /** What is shown: live, or as it stood at a past instant. */
  readonly snapshot: Snapshot;
  /** The instant that is shown, ms since the epoch. The snapshot of a past instant may be from a tick before it. */
  readonly at: number;
  /** The newest there is; the same object while the screen is live. */
  readonly live: Snapshot;
  readonly history: History;
  readonly kinds: Kinds;
  readonly ui: UiState;
  readonly glyphs: Glyphs;
  /** The entities that pass the filter, section by section, sorted within each. */
  readonly entities: readonly EntitySnapshot[];
  /** The same, by kind; sections in the order in which the kinds first appear in the config. */
  readonly sections: readonly Section[];
  readonly selected: EntitySnapshot | undefined;
  readonly size: Size;
  /** What drawing on this terminal costs; undefined until something was drawn. */
  readonly drawing: Drawing | undefined;
  readonly layout: Layout;
  /** The keys of the items that the arrows can move over in a panel. */
  readonly itemsIn: (panel: PanelInstance) => readonly string[];
  /** The entity that Enter opens for an item of a panel; undefined: the selected one. */
  readonly entityOf: (panel: PanelInstance, item: string) => string | undefined;
  /** What charts remember between paintings; owned by the session, void for an entity whose generation changed. */
  readonly memory: ChartMemory;
}

/** The entities of one kind. */
export interface Section {
  readonly kind: EntityKind;
  readonly entities: readonly EntitySnapshot[];
}

/** Values that charts have computed and that cannot change any more, by key. */
export interface ChartMemory {
  /**
   * What was remembered under `key` for this generation of an entity, or what `make` gives when there is
   * nothing yet. The object is kept and may be changed by its owner; the least recently used are dropped.
   */
  remember<T extends object>(entity: string, generation: number, key: string, make: () => T): T;
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
