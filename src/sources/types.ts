import type { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { EffectsReader } from "../core/effects.ts";
import type { Recorder } from "../core/observation.ts";
import type { Random } from "../core/random.ts";

/** One service a source is to watch. */
export interface Watched<Options> {
  readonly service: string;
  readonly options: Options;
  readonly recorder: Recorder;
}

/** All a source may use of the world. */
export interface SourceContext {
  readonly clock: Clock;
  readonly random: (name: string) => Random;
  readonly effects: EffectsReader;
  /** False in headless runs: time is virtual there, so nothing outside the process can be asked. */
  readonly live: boolean;
  /** Tells the monitor that the source failed for this service; undefined: it works again. */
  readonly report: (service: string, problem: string | undefined) => void;
}

/** A source that is at work. */
export interface OpenSource {
  /** Ends every timer, connection and request; late answers are ignored. */
  stop(): void;
}

/** A kind of source. One instance of it watches all services of its kind. */
export interface SourceKind<Options> {
  readonly kind: string;
  readonly description: string;
  /** Its own options with their defaults, in config spelling (snake_case), strict. */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** A service section of a config that uses it, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Can faults be injected into its services? If not, a sentence that says why. */
  readonly breakable: true | string;
  /** How often it means to look at a service, ms. */
  cadenceMs(options: Options): number;
  calls(options: Options): readonly string[];
  open(watched: readonly Watched<Options>[], context: SourceContext): OpenSource;
}
