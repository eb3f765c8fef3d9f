import { bare, panel, part, row, type ViewSpec } from "./types.ts";

const about = panel("alert-summary");
const members = panel("members");
const timeline = panel("alert-timeline");

export const incident = {
  name: "incident",
  description: "one incident: its cause, times, alerts and timeline",
  focus: members.id,
  layouts: {
    full: [row({ share: 0.5, of: "body", atMost: 13 }, part(0.46, about), timeline), row("rest", members)],
    medium: [row({ share: 0.6, of: "body", atMost: 13 }, part(0.46, about), timeline), row("rest", members)],
    compact: [bare({ share: 0.5, of: "body" }, about), bare("rest", members)],
  },
} satisfies ViewSpec;
