import { ruleAt } from "../alerts/page-items.ts";
import type { Entry } from "../keymap/types.ts";
import type { View } from "../view.ts";

/** `rule test NAME 95 50 10`; without a name the rule at the cursor of the list of rules. */
const TYPED = /^rule\s+test\s+(\S+)((?:\s+\S+)*)\s*$/i;
const NUMBER = /^[-+]?[\d.]/;

/** The typed test of a rule, and tests and switches of all rules. */
export function ruleEntries(view: View, typed: string): readonly Entry[] {
  const names = [...new Set(view.live.rules.map(({ name }) => name))];
  return [...typedEntries(view, names, typed), ...names.flatMap((name) => entriesOf(view, name))];
}

function typedEntries(view: View, names: readonly string[], typed: string): readonly Entry[] {
  const found = TYPED.exec(typed.trim());
  if (found === null) return [];
  const isNamed = !NUMBER.test(found[1]!);
  const wanted = isNamed ? found[1]!.toLowerCase() : ruleAt(view)?.name.toLowerCase();
  const rule = names.find((name) => name.toLowerCase() === wanted);
  const text = (isNamed ? found[2]! : found[1]! + found[2]!).trim();
  // Without values the offered entries of the rules are enough.
  if (text === "" && rule === undefined) return [];
  return [
    {
      title: isNamed || rule === undefined ? typed.trim() : `${typed.trim()}: ${rule}`,
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
