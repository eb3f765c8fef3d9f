/** The style of a cell. Equal pens are the same object, so `===` compares them. */
export interface Pen {
  /** SGR parameters of active attributes, such as "1" (bold) and "4" (underline), in ascending order. */
  readonly on: readonly string[];
  /** SGR parameters of the foreground, "" for the default. */
  readonly foreground: string;
  readonly background: string;
  /** Whether it is visible on a blank: underlined, inverse, struck, overlined. */
  readonly marksBlanks: boolean;
}

/** The parameter that resets each attribute (ECMA-48, 8.3.117); bold and dim share one. */
const OFF: Readonly<Record<string, string>> = {
  1: "22",
  2: "22",
  3: "23",
  4: "24",
  5: "25",
  7: "27",
  8: "28",
  9: "29",
  53: "55",
};
const MARKS_BLANKS = new Set(["4", "7", "9", "53"]);

const pens = new Map<string, Pen>();

export function penOf(on: readonly string[], foreground: string, background: string): Pen {
  const key = `${on.join(";")}|${foreground}|${background}`;
  let pen = pens.get(key);
  if (pen === undefined) {
    pen = { on, foreground, background, marksBlanks: on.some((code) => MARKS_BLANKS.has(code)) };
    pens.set(key, pen);
  }
  return pen;
}

export const DEFAULT_PEN = penOf([], "", "");

function changes(from: Pen, to: Pen): string[] {
  const off = new Set(from.on.filter((code) => !to.on.includes(code)).map((code) => OFF[code]!));
  // Attributes that share a reset with a removed one must be set again.
  const on = to.on.filter((code) => !from.on.includes(code) || off.has(OFF[code]!));
  const parameters = [...off, ...on];
  if (from.foreground !== to.foreground) parameters.push(to.foreground || "39");
  if (from.background !== to.background) parameters.push(to.background || "49");
  return parameters;
}

const transitions = new Map<Pen, Map<Pen, string>>();

/** The shortest SGR sequence from one pen to another: the changes, or everything after a reset. */
export function penChange(from: Pen, to: Pen): string {
  if (from === to) return "";
  let known = transitions.get(from);
  if (known === undefined) {
    known = new Map();
    transitions.set(from, known);
  }
  let bytes = known.get(to);
  if (bytes === undefined) {
    const changed = changes(from, to).join(";");
    // An empty parameter means 0, the reset.
    const fromReset = ["", ...to.on, to.foreground, to.background].filter(
      (part, at) => at === 0 || part !== "",
    );
    const fresh = fromReset.join(";");
    bytes = `\x1b[${fresh.length < changed.length ? fresh : changed}m`;
    known.set(to, bytes);
  }
  return bytes;
}
