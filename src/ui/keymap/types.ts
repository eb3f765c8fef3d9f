import type { Command } from "../../monitor/types.ts";
import type { UiAction } from "../reducer.ts";
import type { View } from "../view.ts";

/** What a key asks for; the session carries it out. */
export type Intent =
  | { readonly ui: UiAction }
  | { readonly command: Command; readonly thenClose?: true }
  | { readonly quit: true }
  | { readonly refused: string };

export const GROUPS = ["move", "display", "time", "faults", "general"] as const;
export type Group = (typeof GROUPS)[number];

/** A key binding: the footer, the help, the palette and the README are generated from it. */
export interface Binding {
  /** As `keyName` spells them: "q", "ctrl+c", "up", "enter". */
  readonly keys: readonly string[];
  /** As people read them: "j k". */
  readonly shown: string;
  /** One or two words for the footer. */
  readonly word: string;
  /** Replaces `word` while the key does something else. */
  readonly wordNow?: (view: View) => string | undefined;
  readonly description: string;
  readonly group: Group;
  /** Its rank in the footer, lowest first; without one it is not shown there. */
  readonly footer?: number;
  /** True when it works right now, else the sentence that says why not. */
  readonly when?: (view: View) => true | string;
  readonly run: (view: View) => Intent;
}
