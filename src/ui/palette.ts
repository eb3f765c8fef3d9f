import { keymap } from "./keymap/index.ts";
import { choicesFor, commandFor } from "./keymap/menu-choices.ts";
import type { Entry } from "./keymap/types.ts";
import { silenceEntries } from "./silence-entries.ts";
import type { View } from "./view.ts";

const OWN_KEYS = new Set(["esc", ":"]);

/** The entries that contain all typed words, in any order. */
export function paletteEntries(view: View): readonly Entry[] {
  const { mode } = view.ui;
  if (mode.type !== "palette") return [];
  const wanted = mode.text.toLowerCase().split(/\s+/).filter(Boolean);
  return allEntries(view, mode.text).filter(({ title }) => {
    const words = title.toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}

function allEntries(view: View, typed: string): readonly Entry[] {
  const keys = keymap
    .filter(({ keys, group }) => group !== "move" && !keys.some((key) => OWN_KEYS.has(key)))
    .map(
      ({ word, description, shown, when, run }): Entry => ({
        title: `${word}: ${description}`,
        shown,
        enabled: when?.(view) ?? true,
        run,
      }),
    );
  const entities = view.snapshot.entities.map(
    ({ name }): Entry => ({
      title: `go to ${name}`,
      shown: "",
      enabled: true,
      run: () => ({ ui: { type: "open", entity: name } }),
    }),
  );
  return [...silenceEntries(view, typed), ...keys, ...menuEntries(view), ...entities];
}

/** The faults and actions of the selected entity, with their default parameters. */
function menuEntries({ selected, kinds }: View): readonly Entry[] {
  if (!selected) return [];
  return choicesFor(kinds, selected).map((choice): Entry => {
    const what = choice.type === "fault" ? `inject ${choice.label}` : choice.label;
    return {
      title: `${what} on ${selected.name}`,
      shown: `f ${choice.key}`,
      enabled: choice.enabled,
      run: () => ({ command: commandFor(selected.name, choice) }),
    };
  });
}
