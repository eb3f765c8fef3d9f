import { DEFAULT_FLAP_LIMITS, type FlapLimits } from "./flapping.ts";
import { DEFAULT_PER_ENTITY } from "./folding.ts";

/** What a config says about all alerts. */
export interface AlertSettings {
  readonly flapping: FlapLimits;
  /** So many alerts of one entity are shown one by one. */
  readonly perEntity: number;
}

export const DEFAULT_ALERT_SETTINGS: AlertSettings = {
  flapping: DEFAULT_FLAP_LIMITS,
  perEntity: DEFAULT_PER_ENTITY,
};
