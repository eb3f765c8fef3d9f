import { filterNote } from "../alerts/filter.ts";
import { ruleItems } from "../alerts/page-items.ts";
import { ruleColumns, ruleHeading, ruleLine } from "../tables/rule-columns.ts";
import { emptyRows, type Row, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

/** All alert rules with the number of their alerts. */
export const rules: PanelKind = {
  kind: "rules",
  description: "all alert rules: enabled or not, their conditions and the number of their alerts",
  title(view) {
    const { rules: all } = view.snapshot;
    const disabled = all.filter(({ enabled }) => !enabled).length;
    const off = disabled > 0 ? `, ${disabled} disabled` : "";
    return `rules: ${all.length}${off}${filterNote(view.ui, all.length, ruleItems(view).length)}`;
  },
  items: (view) => ruleItems(view).map(({ key }) => key),
  opens(view, item) {
    const rule = ruleItems(view).find(({ key }) => key === item)?.rule;
    return rule && { type: "rule-test", rule: rule.name, text: "" };
  },
  paint(view, size, panel) {
    const items = ruleItems(view);
    if (items.length === 0) return emptyRows(emptyText(view), size);
    const focused = view.ui.focus === panel.id;
    const keys = items.map(({ key }) => key);
    const cursor = cursorIndex(view, panel, keys);
    const columns = ruleColumns(view.snapshot.rules, size.width);
    const hasHeading = size.height > 2;
    const height = size.height - (hasHeading ? 1 : 0);
    const top = scrollTop(cursor, items.length, height);
    const rows = items.slice(top, top + height).map(({ rule }, index): Row => {
      const isCursor = top + index === cursor;
      // While a rule is tested its dialog has the keys, and its row stays marked.
      const selected = isCursor && (focused || view.ui.mode.type === "rule-test");
      return { line: ruleLine(view, rule, columns, isCursor), selected };
    });
    return hasHeading ? [{ line: ruleHeading(columns) }, ...rows] : rows;
  },
};

function emptyText({ snapshot, ui }: View): string {
  if (snapshot.rules.length > 0) return `no rule matches "${ui.alertFilter}": / edits the filter`;
  return "no rules: the config has none, and no measure has limits. They would be listed here";
}
