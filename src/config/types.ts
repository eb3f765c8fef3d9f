import type { Rule } from "../alerts/types.ts";
import type { Thresholds } from "../health/thresholds.ts";

/** One service as configured, defaults filled in. */
export interface ServiceConfig {
  readonly name: string;
  readonly source: string;
  /** Free words about it: endpoint, region, team. */
  readonly labels: Readonly<Record<string, string>>;
  /** The window that its numbers, health and alerts speak of, ms. */
  readonly windowMs: number;
  readonly thresholds: Thresholds;
  /** The options of its source, already checked by the source's schema. */
  readonly options: unknown;
}

/** A config that was found right. */
export interface Config {
  readonly tickMs: number;
  readonly windowMs: number;
  readonly seed: number;
  readonly services: readonly ServiceConfig[];
  readonly rules: readonly Rule[];
}

/** One thing wrong with a config file. Lines and columns count from 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };
