import type { View } from "../view.ts";
import { commandFor, furthestStep, type MenuChoice, menuChoices } from "./menu-choices.ts";
import type { Binding, Intent } from "./types.ts";

export { type MenuChoice, menuChoices } from "./menu-choices.ts";

const CLOSED: Intent = { refused: "the fault menu is not open" };

function choose(view: View, choice: MenuChoice | undefined): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return CLOSED;
  if (!choice) return { refused: `${mode.entity} is not watched any more` };
  if (choice.enabled !== true) return { refused: choice.enabled };
  return { command: commandFor(mode.entity, choice), thenClose: true };
}

/** One step in a direction; a step that would change nothing for any choice is not taken. */
function step(view: View, what: "steps" | "ttlSteps", by: number): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return CLOSED;
  const furthest = furthestStep(view, what);
  const next = Math.max(-furthest, Math.min(furthest, mode[what] + by));
  return { ui: { type: "menu", change: { [what]: next } } };
}

function move(view: View, by: number): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return CLOSED;
  const index = Math.max(0, Math.min(menuChoices(view).length - 1, mode.index + by));
  return { ui: { type: "menu", change: { index } } };
}

/** The keys while the fault menu is open. The letter of a fault or an action carries it out at once. */
export function faultMenuBindings(view: View): readonly Binding[] {
  const binding = (
    keys: readonly string[],
    shown: string,
    word: string,
    run: Binding["run"],
    footer: number,
  ): Binding => ({ keys, shown, word, description: word, group: "faults", footer, run });
  const { mode } = view.ui;
  const choices = menuChoices(view);
  const current = mode.type === "fault-menu" ? choices[mode.index] : undefined;
  return [
    ...choices.map((choice) =>
      binding([choice.key], choice.key, choice.title, () => choose(view, choice), 99),
    ),
    binding(
      ["enter"],
      "Enter",
      current?.type === "action" ? "run" : "inject",
      () => choose(view, current),
      10,
    ),
    binding(["+", "="], "+", "more", () => step(view, "steps", 1), 20),
    binding(["-"], "-", "less", () => step(view, "steps", -1), 21),
    binding(["right", ">"], "> Right", "longer", () => step(view, "ttlSteps", 1), 30),
    binding(["left", "<"], "< Left", "shorter", () => step(view, "ttlSteps", -1), 31),
    binding(["j", "down"], "j", "down", () => move(view, 1), 40),
    binding(["k", "up"], "k", "up", () => move(view, -1), 41),
    binding(["esc"], "Esc", "close", () => ({ ui: { type: "close" } }), 50),
    binding(["ctrl+c"], "Ctrl-C", "quit", () => ({ quit: true }), 98),
  ];
}
