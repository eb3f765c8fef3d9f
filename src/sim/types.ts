import type { Clock } from "../core/clock.ts";
import type { EffectsReader } from "../core/effects.ts";
import type { Recorder } from "../core/observation.ts";
import type { Random } from "../core/random.ts";
import type { SimOptions } from "./options.ts";

/** One service that is to be simulated. */
export interface SimService {
  readonly service: string;
  readonly options: SimOptions;
  readonly recorder: Recorder;
}

/** All the simulation may use of the world. */
export interface SimContext {
  readonly clock: Clock;
  readonly random: (name: string) => Random;
  readonly effects: EffectsReader;
  /** Tells that the simulation of this service failed; undefined: it works again. */
  readonly report: (service: string, problem: string | undefined) => void;
}
