import type { FaultKind } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import type { Binding, Intent } from "./types.ts";

/** Times to live that the menu offers, ms. */
const TTLS = [15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000] as const;

/** A kind of fault as the open menu would inject it. */
export interface Choice {
  readonly kind: FaultKind;
  readonly intensity: number;
  readonly ttlMs: number;
}

function stepped(values: readonly number[], start: number, steps: number): number {
  const nearest = values.reduce(
    (best, value, index) => (Math.abs(value - start) < Math.abs(values[best]! - start) ? index : best),
    0,
  );
  return values[Math.max(0, Math.min(values.length - 1, nearest + steps))]!;
}

/** Every kind with the intensity and time to live that `+ -` and the sideways arrows have set. */
export function menuChoices(view: View): readonly Choice[] {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return [];
  return view.faultKinds.map((kind) => ({
    kind,
    intensity: stepped(kind.levels, kind.defaultLevel, mode.steps),
    ttlMs: stepped(TTLS, kind.defaultTtlMs, mode.ttlSteps),
  }));
}

function injection(view: View, choice: Choice | undefined): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu" || !choice) return { refused: "the fault menu is not open" };
  const { kind, intensity, ttlMs } = choice;
  return {
    command: { type: "inject", service: mode.service, kind: kind.kind, intensity, ttlMs },
    thenClose: true,
  };
}

/** One step in a direction; a step that would change nothing for any kind is not taken. */
function step(view: View, key: "steps" | "ttlSteps", by: number): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return { refused: "the fault menu is not open" };
  const limit =
    key === "steps" ? Math.max(...view.faultKinds.map((kind) => kind.levels.length)) : TTLS.length;
  const next = Math.max(1 - limit, Math.min(limit - 1, mode[key] + by));
  return { ui: { type: "menu", change: { [key]: next } } };
}

function move(view: View, by: number): Intent {
  const { mode } = view.ui;
  if (mode.type !== "fault-menu") return { refused: "the fault menu is not open" };
  const index = Math.max(0, Math.min(view.faultKinds.length - 1, mode.index + by));
  return { ui: { type: "menu", change: { index } } };
}

/** The keys while the fault menu is open. A fault's own letter injects it at once. */
export function faultMenuBindings(view: View): readonly Binding[] {
  const binding = (
    keys: readonly string[],
    shown: string,
    word: string,
    run: Binding["run"],
    footer: number,
  ): Binding => ({
    keys,
    shown,
    word,
    description: word,
    group: "break",
    footer,
    run,
  });
  const { mode } = view.ui;
  const choices = menuChoices(view);
  return [
    ...choices.map((choice) =>
      binding([choice.kind.key], choice.kind.key, choice.kind.title, () => injection(view, choice), 99),
    ),
    binding(
      ["enter"],
      "Enter",
      "inject",
      () => injection(view, mode.type === "fault-menu" ? choices[mode.index] : undefined),
      10,
    ),
    binding(["+", "="], "+", "stronger", () => step(view, "steps", 1), 20),
    binding(["-"], "-", "weaker", () => step(view, "steps", -1), 21),
    binding(["right", ">"], "> Right", "longer", () => step(view, "ttlSteps", 1), 30),
    binding(["left", "<"], "< Left", "shorter", () => step(view, "ttlSteps", -1), 31),
    binding(["j", "down"], "j", "down", () => move(view, 1), 40),
    binding(["k", "up"], "k", "up", () => move(view, -1), 41),
    binding(["esc"], "Esc", "close", () => ({ ui: { type: "close" } }), 50),
    binding(["ctrl+c"], "Ctrl-C", "quit", () => ({ quit: true }), 98),
  ];
}
