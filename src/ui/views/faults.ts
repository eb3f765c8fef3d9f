import { bare, panel, row, type ViewSpec } from "./types.ts";

const faultList = panel("faults");

export const faults = {
  name: "faults",
  key: "4",
  description: "all faults and their effects on each entity",
  focus: faultList.id,
  layouts: {
    full: [
      row("rest", faultList),
      row({ share: 0.5, of: "body" }, panel("compare", { follows: faultList.id })),
    ],
    compact: [bare("rest", faultList)],
  },
} satisfies ViewSpec;
