import type { MenuSteps } from "../state.ts";
import type { View } from "../view.ts";
import { commandFor, type MenuChoice, menuChoices } from "./menu-choices.ts";
import type { Binding, Intent } from "./types.ts";

export { type MenuChoice, menuChoices } from "./menu-choices.ts";

const CLOSED: Intent = { refused: "the fault menu is not open" };

function choose(view: View, choice: MenuChoice | undefined): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return CLOSED;
  if (!choice) return { refused: `${mode.entity} is no longer monitored` };
  if (choice.enabled !== true) return { refused: choice.enabled };
  return { command: commandFor(mode.entity, choice), thenClose: true };
}

/**
 * One step of the choice under the cursor. At its end nothing changes: the next step back takes effect at
 * once.
 */
function step(view: View, what: keyof MenuSteps, by: number): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return CLOSED;
  const choice = menuChoices(view)[mode.index];
  if (!choice) return { refused: `${mode.entity} is no longer monitored` };
  const [min, max] = choice.range[what];
  if (min === max)
    return { refused: `${choice.title} has no ${what === "steps" ? "intensity" : "duration"}` };
  const before = mode.steps[choice.key] ?? { steps: 0, ttlSteps: 0 };
  const after = { ...before, [what]: Math.max(min, Math.min(max, before[what] + by)) };
  return { ui: { type: "menu", change: { steps: { ...mode.steps, [choice.key]: after } } } };
}

function move(view: View, by: number): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return CLOSED;
  const index = Math.max(0, Math.min(menuChoices(view).length - 1, mode.index + by));
  return { ui: { type: "menu", change: { index } } };
}

/** The keys while the fault menu is open. The key of a fault or an action executes it immediately. */
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
