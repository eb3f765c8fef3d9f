import type { View } from "../view.ts";
import { alertBindings } from "./alerts.ts";
import { deliveryBindings } from "./deliveries.ts";
import { displayBindings } from "./display.ts";
import { faultMenuBindings } from "./fault-menu.ts";
import { faultBindings } from "./faults.ts";
import { generalBindings } from "./general.ts";
import { helpBindings, helpRows } from "./help.ts";
import { moveBindings } from "./move.ts";
import { timeBindings } from "./time.ts";
import type { Binding } from "./types.ts";

/** All keys of the main screen, as listed by the help, the palette and the README. */
export const keymap: readonly Binding[] = [
  ...moveBindings,
  ...displayBindings,
  ...timeBindings,
  ...faultBindings,
  ...alertBindings,
  ...deliveryBindings,
  ...generalBindings,
];

/** The current key bindings. Empty during text input, when keys are letters. */
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
    case "rule-test":
      return [];
  }
}
