import type { CliDeps, CliIo } from "../io.ts";

/** `warning`: the program works, but not as well as it could. */
export type FindingState = "ok" | "warning" | "failed";

/** What one check found. */
export interface Finding {
  readonly state: FindingState;
  /** One sentence; after a failure it says what to do. */
  readonly text: string;
}

export interface DoctorContext {
  readonly io: CliIo;
  readonly deps: CliDeps;
  /** The value of --config. */
  readonly config: string | undefined;
}

/** One thing that `doctor` looks at. It reports at least one finding and never throws. */
export interface Check {
  readonly title: string;
  run(context: DoctorContext): Promise<readonly Finding[]>;
}

export const ok = (text: string): Finding => ({ state: "ok", text });
export const warning = (text: string): Finding => ({ state: "warning", text });
export const failed = (text: string): Finding => ({ state: "failed", text });
