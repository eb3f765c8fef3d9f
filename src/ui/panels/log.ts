import type { LogLevel, LogRecord } from "../../core/log.ts";
import { formatTime } from "../../core/text.ts";
import { fitText, type Role, span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

const ROLES: Readonly<Record<LogLevel, Role>> = {
  debug: "dim",
  info: "dim",
  warn: "degraded",
  error: "critical",
};
const LEVEL = 5;
const COMPONENT = 8;

const keysOf = ({ snapshot }: View) => snapshot.log.tail.map(({ id }) => String(id));

/** The newest records of the monitor's own log, as they are written to its file. */
export const log: PanelKind = {
  kind: "log",
  description: "the log of the monitor itself, newest first",
  title({ snapshot }) {
    const { warn, error } = snapshot.log.counts;
    return `log, newest first: ${error} errors, ${warn} warnings`;
  },
  items: keysOf,
  entityOf: ({ snapshot }, item) => {
    const entity = snapshot.log.tail.find(({ id }) => String(id) === item)?.fields.entity;
    return typeof entity === "string" ? entity : undefined;
  },
  footnote: ({ snapshot }) => {
    const { file, problem } = snapshot.log;
    if (problem !== undefined) return span(problem, "degraded");
    return file === undefined ? undefined : span(file, "dim");
  },
  paint(view, size, panel) {
    const { tail } = view.snapshot.log;
    if (tail.length === 0) return emptyRows("nothing logged yet", size);
    const focused = view.ui.focus === panel.id;
    const cursor = focused ? cursorIndex(view, panel, keysOf(view)) : 0;
    const top = scrollTop(cursor, tail.length, size.height);
    return tail.slice(top, top + size.height).map((record, index) => ({
      line: [
        span(`${formatTime(record.at)} `, "dim"),
        span(`${fitText(record.level, LEVEL, "")} `, ROLES[record.level]),
        span(`${fitText(record.component, COMPONENT, view.glyphs.ellipsis)} `, "dim"),
        span(record.event),
        span(fieldsText(record), "dim"),
      ],
      selected: focused && top + index === cursor,
    }));
  },
};

/** Without what the sentence says already. */
function fieldsText({ fields, event }: LogRecord): string {
  return Object.entries(fields)
    .filter(([, value]) => !event.includes(String(value)))
    .map(([name, value]) => `  ${name}=${value}`)
    .join("");
}
