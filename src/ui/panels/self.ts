import { formatCount, formatDuration } from "../../core/text.ts";
import { fitText, type Line, span, wrap } from "../text/line.ts";
import { counted } from "../text/values.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const LABEL = 22;
const VALUE = 10;
/** With fewer columns than this beside the numbers, explanations are cut instead of wrapped. */
const MIN_WORDS = 20;

/** One number about the monitor: label, value, and explanation or unit. */
interface Fact {
  readonly label: string;
  readonly value: string;
  readonly words: string;
  readonly isBad?: boolean;
}

/** The state of the monitor itself: lag, memory and cost. */
export const self: PanelKind = {
  kind: "self",
  description: "the state of the monitor itself: lag, memory, cost of drawing",
  title: () => "the monitor itself",
  paint(view, size) {
    const groups = [timing(view), store(view), drawing(view)].map((facts) =>
      facts.flatMap((fact) => factLines(fact, size)),
    );
    const height = groups.reduce((sum, lines) => sum + lines.length, 0);
    // Drop the blank rows between groups before any number.
    const blank: Line[] = height + groups.length - 1 <= size.height ? [[]] : [];
    return groups
      .flatMap((lines, nth) => (nth > 0 ? [...blank, ...lines] : lines))
      .slice(0, size.height)
      .map((line) => ({ line }));
  },
};

function factLines({ label, value, words, isBad = false }: Fact, { width }: Size): Line[] {
  const space = width - LABEL - VALUE - 1;
  const [first = "", ...more] = space < MIN_WORDS ? [words] : wrap(words, space);
  return [
    [
      span(fitText(label, LABEL, ""), "dim"),
      span(fitText(value, VALUE, "", "right"), isBad ? "degraded" : "text"),
      span(` ${first}`, "dim"),
    ],
    ...more.map((line) => [span(`${" ".repeat(LABEL + VALUE + 1)}${line}`, "dim")]),
  ];
}

function timing({ snapshot }: View): Fact[] {
  const { lagMs, worstLagMs, aheadMs, skippedTicks, tickMs } = snapshot.self;
  const late = snapshot.tickMs / 2;
  return [
    { label: "running for", value: formatDuration(snapshot.at - snapshot.startedAt), words: "" },
    { label: "tick", value: formatCount(snapshot.tick), words: `every ${formatDuration(snapshot.tickMs)}` },
    { label: "late by", value: formatCount(lagMs), words: "ms", isBad: lagMs > late },
    {
      label: "late by at most",
      value: formatCount(worstLagMs),
      words: "ms in the last minute",
      isBad: worstLagMs > late,
    },
    {
      label: "ticks skipped",
      value: formatCount(skippedTicks),
      words: "the machine slept or was too busy",
      isBad: skippedTicks > 0,
    },
    { label: "work per tick", value: formatCount(tickMs), words: "ms" },
    ...(aheadMs === 0 ? [] : [clockAhead(aheadMs)]),
  ];
}

function clockAhead(aheadMs: number): Fact {
  const words = "all times shown are ahead of the system clock, which was set back";
  return { label: "clock ahead by", value: formatDuration(aheadMs), words, isBad: true };
}

function store(view: View): Fact[] {
  const { snapshot } = view;
  const { storeBytes, series, rejected, late, labelSets, labelSetsDropped, droppedLabels, expired } =
    snapshot.self;
  const { failures, failuresDropped, logEntries, logDropped } = snapshot.self;
  const { alertEntries, alertsDropped, incidentEntries, incidentsDropped } = snapshot.self;
  const forgotten = alertsDropped + incidentsDropped;
  const incidents = `of alerts, ${formatCount(incidentEntries)} of incidents${forgotten > 0 ? `, ${formatCount(forgotten)} dropped` : ""}`;
  const dropped = failuresDropped + logDropped;
  const lost = dropped > 0 ? `, ${formatCount(dropped)} dropped` : "";
  const kept = `${formatCount(logEntries)} transitions, ${formatCount(failures)} failures${lost}`;
  const examples = droppedLabels.length > 0 ? `, such as ${droppedLabels.join(", ")}` : "";
  return [
    { label: "entities", value: formatCount(snapshot.entities.length), words: kindCounts(view) },
    { label: "series", value: formatCount(series), words: "one per entity, metric and label set" },
    {
      label: "label sets",
      value: formatCount(labelSets),
      words: `besides entities; ${formatCount(expired)} expired`,
    },
    {
      label: "labels dropped",
      value: formatCount(labelSetsDropped),
      words: `observations; label set limit reached${examples}`,
      isBad: labelSetsDropped > 0,
    },
    { label: "store", value: formatCount(storeBytes / 1024), words: `KiB, ${kept}` },
    { label: "transitions kept", value: formatCount(alertEntries), words: incidents },
    {
      label: "observations rejected",
      value: formatCount(rejected),
      words: "not a number, outside the range of their metric, or with an invalid time",
      isBad: rejected > 0,
    },
    {
      label: "observations too late",
      value: formatCount(late),
      words: "their second was already closed",
      isBad: late > 0,
    },
  ];
}

/** The number of entities by kind: "5 services, 1 queue". */
function kindCounts({ snapshot, kinds }: View): string {
  const counts = new Map<string, number>();
  for (const { kind } of snapshot.entities) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => counted(count, kinds.entities.get(kind)!)).join(", ");
}

function drawing({ drawing: cost, ui, size, glyphs }: View): Fact[] {
  const number = (value: number | undefined) => (value === undefined ? glyphs.dash : formatCount(value));
  return [
    {
      label: "screen updates",
      value: cost ? cost.updatesPerSecond.toFixed(1) : glyphs.dash,
      words: "per second",
    },
    { label: "written", value: number(cost?.bytesPerSecond), words: "bytes per second" },
    { label: "newest update", value: number(cost?.lastBytes), words: "bytes" },
    {
      label: "updates held back",
      value: number(cost?.heldBack),
      words: "slow connection; only the newest is sent",
    },
    {
      label: "terminal",
      value: `${size.width}x${size.height}`,
      words: `${colours(ui.depth)}, ${ui.unicode ? "Unicode" : "ASCII"}`,
    },
  ];
}

function colours(depth: View["ui"]["depth"]): string {
  if (depth === "none") return "no colours";
  return depth === "truecolor" ? "true colour" : `${depth} colours`;
}
