import { alerts } from "./alerts.ts";
import { compact } from "./compact.ts";
import { compare } from "./compare.ts";
import { dependencies } from "./dependencies.ts";
import { distribution } from "./distribution.ts";
import { errorBars } from "./error-bars.ts";
import { events } from "./events.ts";
import { failures } from "./failures.ts";
import { faultMenu } from "./fault-menu.ts";
import { faults } from "./faults.ts";
import { gauges } from "./gauges.ts";
import { heatmap } from "./heatmap.ts";
import { labelSets } from "./label-sets.ts";
import { lines } from "./lines.ts";
import { p99Chart } from "./p99-chart.ts";
import { palette } from "./palette.ts";
import { self } from "./self.ts";
import { services } from "./services.ts";
import { statusTimeline } from "./status-timeline.ts";
import { summary } from "./summary.ts";
import { throughputBars } from "./throughput-bars.ts";
import { ticker } from "./ticker.ts";
import type { PanelKind } from "./types.ts";

/** Every kind of panel, under its name. */
export const panelKinds = {
  services,
  compact,
  "p99-chart": p99Chart,
  alerts,
  faults,
  events,
  ticker,
  summary,
  distribution,
  dependencies,
  failures,
  heatmap,
  "error-bars": errorBars,
  "throughput-bars": throughputBars,
  "status-timeline": statusTimeline,
  compare,
  lines,
  gauges,
  "label-sets": labelSets,
  self,
  "fault-menu": faultMenu,
  palette,
} satisfies Record<string, PanelKind>;

export type PanelName = keyof typeof panelKinds;

/** A kind by its name, which a layout knows. */
export function panelKind(name: string): PanelKind {
  return panelKinds[name as PanelName];
}
