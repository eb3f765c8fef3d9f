import { bare, panel, part, row, type ViewSpec } from "./types.ts";

const lines = panel("lines");
const measures = panel("measures");
const labelSets = panel("label-sets");

export const trends = {
  name: "trends",
  key: "7",
  description: "several entities in one chart; measures and labels of the selected one",
  focus: lines.id,
  layouts: {
    full: [row({ share: 0.53, of: "body" }, lines), row("rest", part(0.5, measures), labelSets)],
    // Beside each other measures and label sets would be too narrow; two measures are one row each.
    medium: [
      row("rest", lines),
      row({ rows: 4 }, measures),
      { ...row({ share: 0.36, of: "body", atMost: 8 }, labelSets), minBody: 18 },
    ],
    compact: [bare("rest", lines), bare({ rows: 2 }, measures)],
  },
} satisfies ViewSpec;
