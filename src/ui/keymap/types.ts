import type { Command } from "../../monitor/types.ts";
import type { ExportRequest } from "../exports.ts";
import type { UiAction } from "../reducer.ts";
import type { View } from "../view.ts";

/** The result of a key press; the session executes it. */
export type Intent =
  | { readonly ui: UiAction }
  | { readonly command: Command; readonly thenClose?: true }
  /** Several commands for one key: they end at the first that is refused. */
  | { readonly commands: readonly Command[]; readonly thenUnmark?: true }
  | { readonly export: ExportRequest }
  | { readonly quit: true }
  | { readonly suspend: true }
  | { readonly refused: string };

export const GROUPS = ["move", "display", "time", "faults", "alerts", "general"] as const;
export type Group = (typeof GROUPS)[number];

/** A key binding: the footer, the help, the palette and the README are generated from it. */
export interface Binding {
  /** Names from `keyName`: "q", "ctrl+c", "up", "enter". */
  readonly keys: readonly string[];
  /** Display text: "j k". */
  readonly shown: string;
  /** One or two words for the footer. */
  readonly word: string;
  /** Replaces `word` while the key has another effect. */
  readonly wordNow?: (view: View) => string | undefined;
  readonly description: string;
  readonly group: Group;
  /** Rank in the footer, lowest first; undefined: not in the footer. */
  readonly footer?: number;
  /** True if the key works now, else a sentence that says why not. */
  readonly when?: (view: View) => true | string;
  readonly run: (view: View) => Intent;
}

/** One command of the palette. */
export interface Entry {
  readonly title: string;
  /** The equivalent key, if any. */
  readonly shown: string;
  readonly enabled: true | string;
  readonly run: (view: View) => Intent;
}
