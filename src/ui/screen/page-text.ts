import { spanText } from "../alerts/marks.ts";
import { pagesIn } from "../alerts/page-alert.ts";
import { cut, type Role, widthOf } from "../text/line.ts";
import type { View } from "../view.ts";

/** The newest page as one text, and its colour. */
export interface PageText {
  readonly text: string;
  readonly role: Role;
}

/**
 * The newest page-level alert of the newest snapshot, in at most `width` columns: the rule goes first, then the
 * entity is cut. Also on a paused screen: a page is about now. Undefined: there is none, or no room at all.
 */
export function pageText(
  { live, glyphs }: Pick<View, "live" | "glyphs">,
  width: number,
): PageText | undefined {
  const pages = pagesIn(live);
  if (pages === undefined || width < 4) return undefined;
  const { newest, count } = pages;
  const { rule, entity, acknowledged, startedAt } = newest;
  const sign = glyphs.health.down;
  const age = spanText(live.at, startedAt, undefined);
  const more = count > 1 ? ` +${count - 1}` : "";
  const acked = acknowledged === undefined ? "" : ", acked";
  const wordings = [
    `${sign} page: ${rule} on ${entity} for ${age}${acked}${more}`,
    `${sign} page: ${rule} ${entity}${acked}${more}`,
    `${sign} page: ${entity}${acked}${more}`,
    `${sign} ${entity}${more}`,
  ];
  const role: Role = acknowledged === undefined ? "down" : "dim";
  const fits = wordings.find((text) => widthOf(text) <= width);
  return { text: fits ?? cut(`${sign} ${entity}`, width - 1) + glyphs.ellipsis, role };
}
