import type { Alert } from "../core/alert.ts";
import type { Outcome, Snapshot } from "../monitor/types.ts";

/** What can be written to a file. */
export type ExportContent =
  | {
      readonly type: "alerts";
      readonly format: "csv" | "json";
      readonly alerts: readonly Alert[];
      /** The state that they belong to. */
      readonly snapshot: Snapshot;
    }
  | { readonly type: "text"; readonly text: string };

export interface ExportRequest {
  /** As typed: absolute, relative to the current directory, or with ~. */
  readonly file: string;
  /** Replaces an existing file; without it, that is refused. */
  readonly replace: boolean;
  /** For the answer: "12 alerts". */
  readonly what: string;
  readonly content: ExportContent;
}

/** Writes exports. Screens have no files of their own: whoever opens a session provides this. */
export type Exporter = (request: ExportRequest) => Promise<Outcome>;
