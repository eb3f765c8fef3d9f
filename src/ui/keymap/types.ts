import type { Command } from "../../monitor/types.ts";
import type { UiAction } from "../reducer.ts";
import type { View } from "../view.ts";

/** What a key asks for. Keys never do anything themselves. */
export type Intent =
  | { readonly ui: UiAction }
  | { readonly command: Command; readonly thenClose?: true }
  | { readonly quit: true }
  | { readonly refused: string };

export const GROUPS = ["move", "look", "time", "break", "general"] as const;
export type Group = (typeof GROUPS)[number];

/** A key binding is data: the footer, the help, the palette and the README are made from it. */
export interface Binding {
  /** As `keyName` spells them: "q", "ctrl+c", "up", "enter". */
  readonly keys: readonly string[];
  /** As people read them: "j k". */
  readonly shown: string;
  /** One or two words for the footer. */
  readonly word: string;
  /** Another one, where it does something else right now. */
  readonly wordNow?: (view: View) => string | undefined;
  readonly description: string;
  readonly group: Group;
  /** Its rank in the footer, lowest first; only those with a rank stand there. */
  readonly footer?: number;
  /** True when it can act right now, else the sentence that says why not. */
  readonly when?: (view: View) => true | string;
  readonly run: (view: View) => Intent;
}
