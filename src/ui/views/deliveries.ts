import { bare, panel, part, row, type ViewSpec } from "./types.ts";

const list = panel("deliveries");
const channels = panel("channels");
const timeline = panel("delivery-timeline");

export const deliveries = {
  name: "deliveries",
  key: "9",
  description: "who was notified over which channel, what waits and why, and how the channels are doing",
  focus: list.id,
  layouts: {
    full: [row("rest", list), row({ share: 0.38, of: "body", atLeast: 8 }, part(0.5, channels), timeline)],
    medium: [row("rest", list), row({ share: 0.4, of: "body", atMost: 8 }, channels)],
    compact: [bare("rest", list), bare({ rows: 3, atLeast: 0 }, channels)],
  },
} satisfies ViewSpec;
