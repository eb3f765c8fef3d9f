import type { View } from "../view.ts";
import { breakBindings } from "./break.ts";
import { faultMenuBindings } from "./fault-menu.ts";
import { generalBindings } from "./general.ts";
import { helpBindings, helpRows } from "./help.ts";
import { lookBindings } from "./look.ts";
import { moveBindings } from "./move.ts";
import { timeBindings } from "./time.ts";
import type { Binding } from "./types.ts";

/** Every key of the open screen; the help, the palette and the README list these. */
export const keymap: readonly Binding[] = [
  ...moveBindings,
  ...lookBindings,
  ...timeBindings,
  ...breakBindings,
  ...generalBindings,
];

/** What the keys mean right now. Empty while text is being typed: then keys are letters. */
export function bindingsFor(view: View): readonly Binding[] {
  switch (view.ui.mode.type) {
    case "browse":
      return keymap;
    case "fault-menu":
      return faultMenuBindings(view);
    case "help":
      return helpBindings(view, helpRows(view, keymap).length);
    case "filter":
    case "go-to":
    case "palette":
      return [];
  }
}
