import { matchersText } from "../../core/matchers.ts";
import type { RuleSnapshot, Silence } from "../../monitor/types.ts";
import type { View } from "../view.ts";
import { wordFilter } from "./filter.ts";

/** A rule and its key: rules of the config can share a name. */
export interface RuleItem {
  readonly key: string;
  readonly rule: RuleSnapshot;
}

/** The rules that the filter shows, in the order of the config. */
export function ruleItems({ snapshot, ui }: Pick<View, "snapshot" | "ui">): readonly RuleItem[] {
  const { matchesText } = wordFilter(ui.alertFilter);
  const seen = new Map<string, number>();
  return snapshot.rules
    .map((rule) => {
      const nth = (seen.get(rule.name) ?? 0) + 1;
      seen.set(rule.name, nth);
      return { key: `${rule.name} ${nth}`, rule };
    })
    .filter(({ rule: { name, kind, condition, appliesTo, severities, enabled } }) =>
      matchesText(
        [name, kind, condition, appliesTo, ...severities, enabled ? "enabled" : "disabled"].join(" "),
      ),
    );
}

/** The rule at the cursor of the list of rules. */
export function ruleAt(view: View): RuleSnapshot | undefined {
  const items = ruleItems(view);
  const key = view.ui.cursors.rules;
  return (items.find((item) => item.key === key) ?? items[0])?.rule;
}

/** Active silences first, those that end first before others; then ended ones, the newest first. */
export function silenceItems({ snapshot, ui }: Pick<View, "snapshot" | "ui">): readonly Silence[] {
  const { at } = snapshot;
  const { matchesText } = wordFilter(ui.alertFilter);
  const silences = snapshot.silences.filter(({ matchers, author, reason }) =>
    matchesText(`${matchersText(matchers)} ${author} ${reason}`),
  );
  const isOver = ({ endsAt }: Silence) => endsAt <= at;
  return [
    ...silences.filter((each) => !isOver(each)),
    ...silences.filter(isOver).toSorted((a, b) => b.endsAt - a.endsAt),
  ];
}

/** The silence at the cursor of the list of silences. */
export function silenceAt(view: View): Silence | undefined {
  const items = silenceItems(view);
  return items.find(({ id }) => id === view.ui.cursors.silences) ?? items[0];
}
