import { keymap } from "./keymap/index.ts";
import type { Intent } from "./keymap/types.ts";
import type { View } from "./view.ts";

/** One thing the command palette can do. */
export interface Entry {
  readonly title: string;
  /** The key that does the same, if there is one. */
  readonly shown: string;
  readonly enabled: true | string;
  readonly run: (view: View) => Intent;
}

const OWN_KEYS = new Set(["esc", ":"]);

/** The entries that have all the letters that were typed, word by word, in any order. */
export function paletteEntries(view: View): readonly Entry[] {
  const { mode } = view.ui;
  if (mode.type !== "palette") return [];
  const wanted = mode.text.toLowerCase().split(/\s+/).filter(Boolean);
  return allEntries(view).filter(({ title }) => {
    const words = title.toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}

function allEntries(view: View): readonly Entry[] {
  const { selected } = view;
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
  const faults = view.faultKinds.map(
    (kind): Entry => ({
      title: `inject ${kind.label(kind.defaultLevel)}${selected ? ` on ${selected.name}` : ""}`,
      shown: `f ${kind.key}`,
      enabled: selected?.breakable ?? "no service is selected",
      run: () => ({
        command: {
          type: "inject",
          service: selected!.name,
          kind: kind.kind,
          intensity: kind.defaultLevel,
          ttlMs: kind.defaultTtlMs,
        },
      }),
    }),
  );
  const services = view.snapshot.services.map(
    ({ name }): Entry => ({
      title: `go to ${name}`,
      shown: "",
      enabled: true,
      run: () => ({ ui: { type: "open", service: name } }),
    }),
  );
  return [...keys, ...faults, ...services];
}
