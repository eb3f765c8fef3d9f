import { alertChart } from "./alert-chart.ts";
import { alertSummary } from "./alert-summary.ts";
import { alertTimeline } from "./alert-timeline.ts";
import { alerts } from "./alerts.ts";
import { bars } from "./bars.ts";
import { channels } from "./channels.ts";
import { compact } from "./compact.ts";
import { compare } from "./compare.ts";
import { console } from "./console.ts";
import { deliveries } from "./deliveries.ts";
import { deliveryTimeline } from "./delivery-timeline.ts";
import { dependencies } from "./dependencies.ts";
import { distribution } from "./distribution.ts";
import { entities } from "./entities.ts";
import { events } from "./events.ts";
import { failures } from "./failures.ts";
import { faultMenu } from "./fault-menu.ts";
import { faults } from "./faults.ts";
import { headlineChart } from "./headline-chart.ts";
import { heatmap } from "./heatmap.ts";
import { incidentCards } from "./incident-cards.ts";
import { incidentGroups } from "./incident-groups.ts";
import { labelSets } from "./label-sets.ts";
import { lines } from "./lines.ts";
import { log } from "./log.ts";
import { maintenance } from "./maintenance.ts";
import { measures } from "./measures.ts";
import { members } from "./members.ts";
import { mttrTrend } from "./mttr-trend.ts";
import { pages } from "./pages.ts";
import { palette } from "./palette.ts";
import { ruleTest } from "./rule-test.ts";
import { rules } from "./rules.ts";
import { self } from "./self.ts";
import { silences } from "./silences.ts";
import { statusTimeline } from "./status-timeline.ts";
import { summary } from "./summary.ts";
import { ticker } from "./ticker.ts";
import type { PanelKind } from "./types.ts";

/** All panel kinds, by name. */
export const panelKinds = {
  entities,
  compact,
  "headline-chart": headlineChart,
  alerts,
  faults,
  events,
  ticker,
  summary,
  distribution,
  dependencies,
  failures,
  heatmap,
  bars,
  "status-timeline": statusTimeline,
  compare,
  lines,
  measures,
  "label-sets": labelSets,
  self,
  log,
  pages,
  console,
  "alert-summary": alertSummary,
  "alert-timeline": alertTimeline,
  "alert-chart": alertChart,
  members,
  rules,
  "rule-test": ruleTest,
  silences,
  maintenance,
  "incident-cards": incidentCards,
  "incident-groups": incidentGroups,
  "mttr-trend": mttrTrend,
  deliveries,
  "delivery-timeline": deliveryTimeline,
  channels,
  "fault-menu": faultMenu,
  palette,
} satisfies Record<string, PanelKind>;

export type PanelName = keyof typeof panelKinds;

/** The panel kind of a name from a view. */
export function panelKind(name: string): PanelKind {
  return panelKinds[name as PanelName];
}
