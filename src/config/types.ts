import type { MaintenanceWindow } from "../alerts/maintenance/window.ts";
import type { AlertSettings } from "../alerts/settings.ts";
import type { Rule } from "../alerts/types.ts";
import type { Limits } from "../core/measure.ts";
import type { NotifyConfig } from "../notify/settings.ts";
import type { EntityDeclaration } from "../worlds/types.ts";

/** The config of one entity, with defaults. Plain data. */
export interface EntityConfig extends EntityDeclaration {
  /** Free text by name: endpoint, region, team. */
  readonly labels: Readonly<Record<string, string>>;
  /** The window of its values, health and alerts, ms. */
  readonly windowMs: number;
  /** All limits by measure id: the defaults of its kind with the overrides of the config. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** Without an observation for this long it is unknown, ms. Default: 5 s or 3 observations of its origin. */
  readonly staleAfterMs?: number | undefined;
}

/** A source or a world and its entities. */
export interface OriginConfig {
  /** Unique: the kind of the source, or the name of the world instance. */
  readonly name: string;
  readonly type: "source" | "world";
  /** The name of the SourceKind or WorldKind. */
  readonly kind: string;
  /** The names of its entities. */
  readonly entities: readonly string[];
}

/** The settings for all entities of a kind, including those discovered at run time. */
export interface KindSettings {
  readonly limits: Readonly<Record<string, Limits>>;
}

/** A valid config. Plain data: the build stores the configs that ship with the program as JSON. */
export interface Config {
  readonly tickMs: number;
  readonly windowMs: number;
  readonly seed: number;
  /** In the order of the file: `services` first, then `worlds`. */
  readonly entities: readonly EntityConfig[];
  readonly origins: readonly OriginConfig[];
  /** By entity kind. */
  readonly kinds: Readonly<Record<string, KindSettings>>;
  readonly rules: readonly Rule[];
  /** Absent: the defaults. */
  readonly alerts?: AlertSettings;
  /** Absent: none. */
  readonly maintenance?: readonly MaintenanceWindow[];
  /** Absent: nobody is told of alerts. */
  readonly notify?: NotifyConfig;
}

/** A problem in a config file. Lines and columns start at 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ConfigResult =
  | {
      readonly ok: true;
      readonly config: Config;
      /** Advice on values that are valid but rarely meant, at most a hundred; absent: none. */
      readonly warnings?: readonly ConfigProblem[];
    }
  | {
      readonly ok: false;
      /** At least one; the first ones in the order of the file. */
      readonly problems: readonly ConfigProblem[];
      /** Problems that are not listed; absent: none. */
      readonly omitted?: Omitted;
    };

/** Problems beyond the listed ones. */
export interface Omitted {
  readonly count: number;
  /** False if the config was not checked to its end, so that there may be more. */
  readonly exact: boolean;
  /** The place of the first of them. */
  readonly line: number;
  readonly column: number;
}
