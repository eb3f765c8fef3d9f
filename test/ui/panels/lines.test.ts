import { describe, expect, it } from "vitest";
import { chartedEntities, chartedKind } from "../../../src/ui/charts/charted-entities.ts";
import { lines } from "../../../src/ui/panels/lines.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession } from "../harness.ts";
import { instanceOf, textsOf, titleOf, viewOf } from "./painting.ts";

const EIGHT = `window: 5s
services:
${["a", "b", "c", "d", "e", "f", "g", "h"]
  .map((name, nth) => `  - { name: svc-${name}, base_latency: ${20 + 20 * nth}ms, error_rate: 0, rate: 20 }`)
  .join("\n")}
`;
const charted = (view: View, most: number) => chartedEntities(view, chartedKind(view)!, most);

const SIZE = { width: 110, height: 18 };
const NARROW = { width: 40, height: 6 };

function started(config = EIGHT) {
  const harness = startSession({ config });
  harness.run(30);
  const names = (most: number) => charted(harness.session.view(), most).map(({ name }) => name);
  return { ...harness, names };
}
/** The letter before a name at the right edge. */
const letterOf = (rows: readonly string[], name: string) =>
  rows.map((row) => new RegExp(`(\\w) \\S ${name}`).exec(row)?.[1]).find((letter) => letter !== undefined);

describe("the entities of the line chart", () => {
  it("are the selected one and the first of the config while all are healthy", () => {
    const { names, press, run } = started();
    expect(names(3)).toEqual(["svc-a", "svc-b", "svc-c"]);
    press("G");
    expect(names(3)).toEqual(["svc-a", "svc-b", "svc-h"]);
    run(20);
    expect(names(3)).toEqual(["svc-a", "svc-b", "svc-h"]);
  });

  it("include those in bad health, in the order of the config", () => {
    const { names, monitor, run } = started();
    const broken = { type: "inject", kind: "latency", params: { latency: 3200 }, ttlMs: 60_000 } as const;
    monitor.dispatch({ ...broken, entity: "svc-g" });
    monitor.dispatch({ ...broken, entity: "svc-e" });
    run(10);
    expect(names(3)).toEqual(["svc-a", "svc-e", "svc-g"]);
    expect(names(2)).toEqual(["svc-a", "svc-e"]);
  });

  it("are only those that match the filter, in the same order for any sorting of the table", () => {
    const { names, press } = started();
    press("/svc-f<enter>");
    expect(names(3)).toEqual(["svc-f"]);
    press("<esc>sssssS");
    expect(names(6)).toEqual(["svc-a", "svc-b", "svc-c", "svc-d", "svc-e", "svc-f"]);
  });
});

describe("the panel lines", () => {
  it("marks each line with a letter that does not depend on the selection", () => {
    const harness = started();
    const rows = () => textsOf(lines, viewOf(harness, 0), SIZE);
    const before = letterOf(rows(), "svc-c");
    expect(before).toBe("c");
    harness.press("jjj");
    expect(letterOf(rows(), "svc-c")).toBe(before);
    for (const letter of "abcdef") expect(rows().join("\n")).toMatch(new RegExp(`[─╭╰╮╯]${letter}[─╮╯╭╰]`));
  });

  it("shows name and p99 of every line without overlap", () => {
    const harness = started();
    const view = viewOf(harness, 0);
    const rows = textsOf(lines, view, SIZE);
    for (const { name, values } of charted(view, 6))
      expect(
        rows.some((row) => new RegExp(`${name} +~?${Math.round(values.p99!)}$`).test(row)),
        name,
      ).toBe(true);
  });

  it("draws lines over a limit in its colour and the others in their own subdued colours", () => {
    const harness = started();
    harness.monitor.dispatch({
      type: "inject",
      entity: "svc-b",
      kind: "latency",
      params: { latency: 3200 },
      ttlMs: 60_000,
    });
    harness.run(10);
    const view = viewOf(harness, 0);
    const drawn = lines
      .paint(view, SIZE, instanceOf(lines))
      .slice(0, -2)
      .flatMap(({ line }) => line.filter(({ text }) => /[─│]/.test(text)));
    const roles = new Set(drawn.map(({ role }) => role));
    for (const role of ["critical", "line2", "line3", "line4", "mark"]) expect([...roles]).toContain(role);
  });

  it("marks below the chart when a fault was active, and on which of them", () => {
    const harness = started();
    harness.press("jjfl");
    harness.run(12);
    const rows = textsOf(lines, viewOf(harness, 0), SIZE);
    expect(rows.at(-2)).toMatch(/↯c──/);
    expect(rows.at(-1)).toMatch(/\d\d:\d\d:\d[05]/);
  });

  it("is a list with numbers if a chart does not fit", () => {
    const harness = started();
    harness.press("G");
    const rows = textsOf(lines, viewOf(harness, 0), NARROW);
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(/service +p99 ms last 1m/);
    expect(rows.at(-1)).toMatch(/▸ ● svc-h +\d+ [ ▁▂▃▄▅▆▇█]+$/);
  });

  it("shows how many of the entities are charted", () => {
    expect(titleOf(lines, viewOf(started(), 1))).toBe(
      "p99 (ms) of 6 of 8 services, worst of each step, last 5m",
    );
  });
});
