import { detectCapabilities } from "../../terminal/capabilities.ts";
import { type Check, ok, warning } from "./types.ts";

/** The smallest screen that shows services one by one. */
const LEAST = { columns: 40, rows: 10 };

/** What the terminal can show. */
export const terminalCheck: Check = {
  title: "terminal",
  async run({ io, deps: { terminal } }) {
    if (terminal === undefined) return [warning("no terminal: watch prints one line per change")];
    const { depth, unicode, dumb } = detectCapabilities(io.env, true);
    if (dumb)
      return [warning("TERM=dumb: watch prints one line per change; set TERM to your terminal's name")];
    const { columns, rows } = terminal;
    const size = `${columns}x${rows}`;
    const colors = depth === "none" ? "no colors" : depth === "truecolor" ? "true color" : `${depth} colors`;
    const text = `${size}, ${colors}, ${unicode ? "Unicode" : "ASCII (the locale is not UTF-8)"}`;
    const isSmall = columns < LEAST.columns || rows < LEAST.rows;
    return [isSmall ? warning(`${text}; below 40x10 services are only counted`) : ok(text)];
  },
};
