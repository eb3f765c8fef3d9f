import type { Entry } from "../keymap/types.ts";
import type { View } from "../view.ts";

/** `rule test NAME 95 50 10` */
const TYPED = /^rule\s+test\s+(\S+)((?:\s+\S+)*)\s*$/i;

/** The typed test of a rule, and tests and switches of all rules. */
export function ruleEntries(view: View, typed: string): readonly Entry[] {
  const names = [...new Set(view.live.rules.map(({ name }) => name))];
  return [...typedEntries(names, typed), ...names.flatMap((name) => entriesOf(view, name))];
}

function typedEntries(names: readonly string[], typed: string): readonly Entry[] {
  const found = TYPED.exec(typed.trim());
  if (found === null) return [];
  const wanted = found[1]!.toLowerCase();
  const rule = names.find((name) => name.toLowerCase() === wanted);
  const text = found[2]!.trim();
  // Without values the offered entries of the rules are enough.
  if (text === "" && rule === undefined) return [];
  return [
    {
      title: typed.trim(),
      shown: "",
      enabled: rule === undefined ? `there is no rule ${found[1]}; Tab in view 3 lists them` : true,
      run: () => ({ ui: { type: "rule-test", rule: rule!, text: text === "" ? "" : `${text} ` } }),
    },
  ];
}

function entriesOf({ live }: View, name: string): readonly Entry[] {
  const enabled = live.rules.some((rule) => rule.name === name && rule.enabled);
  return [
    {
      title: `rule test ${name}: type values and see the states`,
      shown: "",
      enabled: true,
      run: () => ({ ui: { type: "rule-test", rule: name, text: "" } }),
    },
    {
      title: `rule ${enabled ? "disable" : "enable"} ${name}`,
      shown: "",
      enabled: true,
      run: () => ({ command: { type: enabled ? "disable-rule" : "enable-rule", rule: name } }),
    },
  ];
}
