import type { PanelName } from "../panels/index.ts";
import type { UiState } from "../state.ts";
import type { Layout, PanelBox, Room } from "./boxes.ts";

export interface LayoutInput {
  readonly width: number;
  readonly height: number;
  readonly ui: UiState;
  /** Services that pass the filter, and all of them. */
  readonly serviceCount: number;
  readonly banner: boolean;
}

/** A box whose panel there is. */
interface Box extends PanelBox {
  readonly panel: PanelName;
}

const FRAME = 2;
/** Panels in which the arrows choose the service, as in the table. */
const SELECTING: ReadonlySet<PanelName> = new Set(["compact", "status-timeline", "lines"]);
const FOCUSABLE: ReadonlySet<PanelName> = new Set(["services", "alerts", "faults", "events"]);

/** Where everything stands. Pure: the same size and state give the same places, so nothing jumps. */
export function layoutOf(input: LayoutInput): Layout {
  const room = roomFor(input);
  const footer = room !== "words" && input.height >= 4;
  const banner = input.banner && room !== "words";
  const bodyHeight = Math.max(0, input.height - 1 - (footer ? 1 : 0) - (banner ? 1 : 0));
  const rows = room === "words" ? [] : body(room, input, bodyHeight);
  const shown = rows.flat().map(({ panel }) => (SELECTING.has(panel) ? "services" : panel));
  const focusable = shown.filter((panel) => FOCUSABLE.has(panel));
  return { room, rows, bodyHeight, banner, footer, focusable };
}

function roomFor({ width, height }: LayoutInput): Room {
  if (width < 40 || height < 10) return "words";
  if (width < 60 || height < 16) return "compact";
  return width < 100 || height < 28 ? "medium" : "full";
}

type Rows = readonly (readonly Box[])[];

function body(room: "full" | "medium" | "compact", input: LayoutInput, height: number): Rows {
  const { ui, width } = input;
  const whole = (panel: PanelName, rows: number, framed = true): Rows => [
    [{ panel, width, height: rows, framed }],
  ];
  const overlay =
    ui.mode.type === "palette" ? "palette" : ui.mode.type === "fault-menu" ? "fault-menu" : undefined;
  if (room === "compact") {
    return overlay ? whole(overlay, height, false) : compactBody(input, height);
  }
  const table = tableHeight(input, height);
  if (overlay) return [...whole("services", table), ...whole(overlay, height - table)];
  switch (ui.view) {
    case "overview":
      return room === "full" ? fullOverview(width, height, table) : mediumOverview(width, height, table);
    case "detail":
      return room === "full" ? fullDetail(width, height) : mediumDetail(width, height);
    case "alerts":
      return [...whole("alerts", height - share(height, 0.35)), ...whole("events", share(height, 0.35))];
    case "self":
      return whole("self", height);
    case "history":
      return room === "full" ? fullHistory(input, height) : mediumHistory(input, height);
    case "trends":
      return room === "full" ? fullTrends(width, height) : mediumTrends(width, height);
    case "faults":
      return [...whole("faults", height - share(height, 0.5)), ...whole("compare", share(height, 0.5))];
  }
}

const share = (whole: number, part: number) => Math.round(whole * part);

/** As high as its services, but never so high that nothing else has room. It keeps its height while one filters. */
function tableHeight({ serviceCount }: LayoutInput, height: number): number {
  return Math.min(serviceCount + 1 + FRAME, Math.max(6, share(height, 0.45)));
}

function pair(
  left: PanelName,
  right: PanelName,
  width: number,
  height: number,
  part: number,
): readonly Box[] {
  const leftWidth = share(width, part);
  return [
    { panel: left, width: leftWidth, height, framed: true },
    { panel: right, width: width - leftWidth, height, framed: true },
  ];
}

function fullOverview(width: number, height: number, table: number): Rows {
  const chart = share(height - table, 0.56);
  return [
    [{ panel: "services", width, height: table, framed: true }],
    pair("p99-chart", "alerts", width, chart, 0.57),
    pair("faults", "events", width, height - table - chart, 0.57),
  ];
}

function mediumOverview(width: number, height: number, table: number): Rows {
  const ticker = Math.min(4, Math.max(2, height - table - 8));
  return [
    [{ panel: "services", width, height: table, framed: true }],
    [{ panel: "p99-chart", width, height: height - table - ticker, framed: true }],
    [{ panel: "ticker", width, height: ticker, framed: false }],
  ];
}

function fullDetail(width: number, height: number): Rows {
  const top = Math.max(9, share(height, 0.36));
  const middle = Math.max(8, share(height, 0.34));
  return [
    pair("summary", "p99-chart", width, top, 0.48),
    pair("distribution", "alerts", width, middle, 0.52),
    [
      { panel: "dependencies", width: share(width, 0.38), height: height - top - middle, framed: true },
      { panel: "faults", width: share(width, 0.33), height: height - top - middle, framed: true },
      {
        panel: "failures",
        width: width - share(width, 0.38) - share(width, 0.33),
        height: height - top - middle,
        framed: true,
      },
    ],
  ];
}

/** The health of all above, the selected service below: it is chosen with the arrows as in the table. */
function timelineHeight({ serviceCount }: LayoutInput, height: number, part: number): number {
  return Math.min(serviceCount + 1 + FRAME, Math.max(5, share(height, part)));
}

function fullHistory(input: LayoutInput, height: number): Rows {
  const { width } = input;
  const top = timelineHeight(input, height, 0.3);
  const map = share(height - top, 0.55);
  return [
    [{ panel: "status-timeline", width, height: top, framed: true }],
    pair("heatmap", "p99-chart", width, map, 0.5),
    pair("error-bars", "throughput-bars", width, height - top - map, 0.5),
  ];
}

function mediumHistory(input: LayoutInput, height: number): Rows {
  const { width } = input;
  const top = timelineHeight(input, height, 0.4);
  return [
    [{ panel: "status-timeline", width, height: top, framed: true }],
    [{ panel: "heatmap", width, height: height - top, framed: true }],
  ];
}

function fullTrends(width: number, height: number): Rows {
  const top = share(height, 0.53);
  return [
    [{ panel: "lines", width, height: top, framed: true }],
    pair("gauges", "label-sets", width, height - top, 0.5),
  ];
}

/** Beside each other gauges and requests by label would be too narrow; the gauges make do with a row each. */
function mediumTrends(width: number, height: number): Rows {
  const below = height < 18 ? 0 : Math.min(8, share(height, 0.36));
  const gauges = 2 + FRAME;
  const rest: Rows = [
    [{ panel: "gauges", width, height: gauges, framed: true }],
    ...(below > 0 ? [[{ panel: "label-sets", width, height: below, framed: true } as const]] : []),
  ];
  return [[{ panel: "lines", width, height: height - below - gauges, framed: true }], ...rest];
}

function mediumDetail(width: number, height: number): Rows {
  const top = Math.min(9, share(height, 0.42));
  const middle = share(height - top, 0.5);
  return [
    [{ panel: "summary", width, height: top, framed: true }],
    pair("distribution", "dependencies", width, middle, 0.5),
    pair("alerts", "failures", width, height - top - middle, 0.5),
  ];
}

function compactBody({ ui, width, serviceCount }: LayoutInput, height: number): Rows {
  const framed = false;
  if (ui.view === "alerts") return [[{ panel: "alerts", width, height, framed }]];
  if (ui.view === "faults") return [[{ panel: "faults", width, height, framed }]];
  if (ui.view === "self") return [[{ panel: "self", width, height, framed }]];
  if (ui.view === "trends") {
    const gauges = 2;
    return [
      [{ panel: "lines", width, height: height - gauges, framed }],
      [{ panel: "gauges", width, height: gauges, framed }],
    ];
  }
  if (ui.view === "detail") return [[{ panel: "summary", width, height, framed }]];
  // The services come first; alerts and faults get what rows they leave.
  const ticker = Math.max(0, Math.min(3, height - serviceCount));
  const list: readonly Box[] = [{ panel: "compact", width, height: height - ticker, framed }];
  return ticker > 0 ? [list, [{ panel: "ticker", width, height: ticker, framed }]] : [list];
}
