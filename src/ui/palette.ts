import { alertEntries } from "./commands/alert-entries.ts";
import { exportEntries } from "./commands/export-entries.ts";
import { notifyEntries } from "./commands/notify-entries.ts";
import { ruleEntries } from "./commands/rule-entries.ts";
import { silenceEntries } from "./commands/silence-entries.ts";
import { keymap } from "./keymap/index.ts";
import { choicesFor, commandFor } from "./keymap/menu-choices.ts";
import type { Entry } from "./keymap/types.ts";
import type { View } from "./view.ts";
import { type ViewName, views } from "./views/index.ts";
import type { ViewSpec } from "./views/types.ts";

/** The commands of alerts; what is typed with values comes first. */
const TYPED = [alertEntries, silenceEntries, ruleEntries, exportEntries] as const;

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
  const tests = notifyEntries(view);
  const commands = TYPED.flatMap((entriesOf) => entriesOf(view, typed));
  return [...commands, ...keys, ...pageEntries(), ...menuEntries(view), ...tests, ...entities];
}

/** The pages of views: they have no key of their own. */
function pageEntries(): readonly Entry[] {
  return (Object.entries(views) as [ViewName, ViewSpec][]).flatMap(
    ([view, { pageOf, description }]): Entry[] =>
      pageOf === undefined
        ? []
        : [
            {
              title: `${view}: ${description}`,
              shown: "",
              enabled: true,
              run: () => ({ ui: { type: "page", view } }),
            },
          ],
  );
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
