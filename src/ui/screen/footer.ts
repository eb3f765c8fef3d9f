import { bindingsFor } from "../keymap/index.ts";
import { filterOf } from "../state.ts";
import { type Line, lineWidth, type Span, span } from "../text/line.ts";
import type { View } from "../view.ts";
import { viewSpec, views } from "../views/index.ts";
import type { ViewSpec } from "../views/types.ts";

/** The last row: the result of the last key, the text being typed, or the available keys. */
export function footerLine(view: View): Line {
  const { ui, glyphs } = view;
  if (ui.notice) {
    const sign = ui.notice.good ? glyphs.resolved : glyphs.warning;
    return [span(` ${sign} `, ui.notice.good ? "healthy" : "degraded"), span(ui.notice.text)];
  }
  if (ui.mode.type === "filter") {
    const words = viewSpec(ui.view).filters === "alerts" ? ' words, or matchers: severity="page";' : "";
    return [
      span(" /", "accent"),
      span(filterOf(ui)),
      span("_", "accent"),
      span(`  ${words} Enter keeps the filter, Esc drops it`, "dim"),
    ];
  }
  if (ui.mode.type === "go-to") {
    const help = span("   -2m, 14:03 or 14:03:20; Enter goes there, Esc cancels", "dim");
    return [span(" @", "accent"), span(ui.mode.text), span("_", "accent"), help];
  }
  if (ui.mode.type === "rule-test")
    return [span(" type values, one per tick: 95 50 10; Enter or Esc closes", "dim")];
  if (ui.mode.type === "palette") return [span(" type to search, Enter runs it, Esc closes", "dim")];
  return keysLine(view);
}

function keysLine(view: View): Line {
  const usable = bindingsFor(view)
    .filter(({ footer, when }) => footer !== undefined && (when?.(view) ?? true) === true)
    .toSorted((a, b) => a.footer! - b.footer!);
  const spans: Span[] = [];
  for (const { shown, word, wordNow } of usable) {
    const text = wordNow?.(view) ?? word;
    const key: Span[] = [span(` ${shown.split(" ")[0]} `, "accent"), span(`${text} `, "dim")];
    if (lineWidth(spans) + lineWidth(key) > view.size.width) break;
    spans.push(...key);
  }
  const rest: Span[] = [span(` ${viewKeys()} `, "accent"), span("views ", "dim")];
  const browsing = view.ui.mode.type === "browse";
  return browsing && lineWidth(spans) + lineWidth(rest) <= view.size.width ? [...spans, ...rest] : spans;
}

function viewKeys(): string {
  const keys = Object.values<ViewSpec>(views).flatMap(({ key }) => key ?? []);
  return `${keys[0]}-${keys.at(-1)}`;
}
