import { durationText } from "../core/duration.ts";
import type { Hold } from "./types.ts";

/** How long a condition must hold: " for 5 evaluations and 30s"; empty where it need not. */
export function holdText({ ticks, ms }: Hold): string {
  const parts = [...(ticks > 1 ? [`${ticks} evaluations`] : []), ...(ms > 0 ? [durationText(ms)] : [])];
  return parts.length === 0 ? "" : ` for ${parts.join(" and ")}`;
}
