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
    // Side by side, measures and label sets would be too narrow. Without label sets measures get their rows.
    medium: [
      row({ share: 0.44, of: "body", atLeast: 8 }, lines),
      row("rest", measures),
      { ...row({ share: 0.36, of: "body", atMost: 8 }, labelSets), minBody: 18 },
    ],
    compact: [bare("rest", lines), bare({ rows: 2 }, measures)],
  },
} satisfies ViewSpec;
