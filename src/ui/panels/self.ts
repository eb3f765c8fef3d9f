import { formatCount, formatDuration } from "../../core/text.ts";
import { fitText, type Line, span } from "../line.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const LABEL = 26;
const VALUE = 12;

/** The monitor about itself, apart from the services' trouble: is it on time, what does it keep, what does it cost? */
export const self: PanelKind = {
  kind: "self",
  title: () => "the monitor itself",
  paint(view, size) {
    return [...punctuality(view), [], ...store(view), [], ...drawing(view)]
      .slice(0, size.height)
      .map((line) => ({ line }));
  },
};

function row(label: string, value: string, unit: string, isBad = false): Line {
  return [
    span(fitText(label, LABEL, ""), "dim"),
    span(fitText(value, VALUE, "", "right"), isBad ? "degraded" : "text"),
    span(` ${unit}`, "dim"),
  ];
}

function punctuality({ snapshot }: View): Line[] {
  const { lagMs, worstLagMs, skippedTicks, tickMs } = snapshot.self;
  return [
    row("running for", formatDuration(snapshot.at - snapshot.startedAt), ""),
    row("tick", formatCount(snapshot.tick), `every ${formatDuration(snapshot.tickMs)}`),
    row("late by", formatCount(lagMs), "ms", lagMs > snapshot.tickMs / 2),
    row(
      "late by at most",
      formatCount(worstLagMs),
      "ms in the last minute",
      worstLagMs > snapshot.tickMs / 2,
    ),
    row("ticks skipped", formatCount(skippedTicks), "the machine slept or was too busy", skippedTicks > 0),
    row("work per tick", formatCount(tickMs), "ms"),
  ];
}

function store({ snapshot }: View): Line[] {
  const { storeBytes, rejected, late } = snapshot.self;
  return [
    row("services", formatCount(snapshot.services.length), ""),
    row("store", formatCount(storeBytes / 1024), "KiB"),
    row("observations rejected", formatCount(rejected), "not a number, negative or infinite", rejected > 0),
    row("observations too late", formatCount(late), "their second was closed already", late > 0),
  ];
}

function drawing({ drawing: cost, ui, size, glyphs }: View): Line[] {
  const number = (value: number | undefined) => (value === undefined ? glyphs.dash : formatCount(value));
  return [
    row("screen updates", cost ? cost.updatesPerSecond.toFixed(1) : glyphs.dash, "a second"),
    row("written", number(cost?.bytesPerSecond), "bytes a second"),
    row("newest update", number(cost?.lastBytes), "bytes"),
    row("updates held back", number(cost?.heldBack), "the link was busy; only the newest state is drawn"),
    row(
      "terminal",
      `${size.width}x${size.height}`,
      `${colours(ui.depth)}, ${ui.unicode ? "Unicode" : "ASCII"}`,
    ),
  ];
}

function colours(depth: View["ui"]["depth"]): string {
  if (depth === "none") return "no colours";
  return depth === "truecolor" ? "true colour" : `${depth} colours`;
}
