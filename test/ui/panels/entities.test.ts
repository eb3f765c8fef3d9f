import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntitySnapshot } from "../../../src/monitor/types.ts";
import { entities } from "../../../src/ui/panels/entities.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession, textOf } from "../harness.ts";
import { instanceOf, textsOf, titleOf, viewOf, withEntities } from "./painting.ts";

const SIZE = { width: 116, height: 12 };

/** A view of services and hosts, with the entity of the given index selected. */
function viewWith(services: number, hosts: number, selected: number): View {
  const harness = startSession();
  harness.run(10);
  const view = viewOf(harness, 0);
  const [front] = view.entities;
  const entity = (kind: string, nth: number): EntitySnapshot => ({
    ...front!,
    name: `${kind}-${nth}`,
    kind,
    values: kind === "service" ? front!.values : { cpu: 41, memory: 30, load: 0.5, event_loop_delay: 1 },
    limits: kind === "service" ? front!.limits : {},
  });
  const all = [
    ...Array.from({ length: services }, (_, nth) => entity("service", nth)),
    ...Array.from({ length: hosts }, (_, nth) => entity("host", nth)),
  ];
  return { ...withEntities(view, all), selected: all[selected] };
}

const isHeading = (row: string) => /^ {2}\S+ +health /.test(row);

describe("the table of entities", () => {
  it("has one heading with the columns of the kind if there is one kind", () => {
    const rows = textsOf(entities, viewWith(3, 0, 1), SIZE);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^ {2}service +health +req\/s +err% .*p50 .*p95 .*p99 ms .*avail% .*cpu .*mem /);
    expect(rows[0]).toContain("p99, last minute");
    expect(rows[2]).toMatch(/^▸ service-1 +● HEALTHY +\d+\.\d +0\.0 .* \d+% /);
    expect(titleOf(entities, viewWith(3, 0, 1))).toMatch(/^services, last 5s, together /);
  });

  it("has a section per kind, each with its own heading and columns", () => {
    const rows = textsOf(entities, viewWith(2, 2, 0), SIZE);
    expect(rows.map(isHeading)).toEqual([true, false, false, true, false, false]);
    expect(rows[3]).toMatch(/^ {2}hosts +health +cpu +memory +load +loop ms +cpu, last minute/);
    expect(rows[4]).toMatch(/^ {2}host-0 +● HEALTHY +41% +30% +0\.50 +1\.0 /);
    expect(titleOf(entities, viewWith(2, 2, 0))).toBe("2 services, 2 hosts, last 5s");
    // The common column of all kinds has a fixed position.
    const places = rows.map((row) => row.search(/health |● HEALTHY/));
    expect(new Set(places).size).toBe(1);
  });

  it("keeps the selected row visible under the heading of its section while scrolling", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        fc.nat(1000),
        fc.integer({ min: 3, max: 14 }),
        (services, hosts, somewhere, height) => {
          const view = viewWith(services, hosts, somewhere % (services + hosts));
          const rows = entities
            .paint(view, { ...SIZE, height }, instanceOf(entities))
            .map(({ line, selected }) => ({ text: textOf(line), selected }));
          expect(rows.length).toBeLessThanOrEqual(height);
          expect(isHeading(rows[0]!.text)).toBe(true);
          const place = rows.findIndex(({ selected }) => selected);
          expect(rows[place]!.text).toContain(`▸ ${view.selected!.name} `);
          const heading = rows.slice(0, place).findLast(({ text }) => isHeading(text))!;
          const word = hosts === 0 ? view.selected!.kind : `${view.selected!.kind}s`;
          expect(heading.text.trim().split(" ")[0]).toBe(word);
          // All rows are used if there are enough entities; a heading at the bottom edge would have no row.
          expect(isHeading(rows.at(-1)!.text)).toBe(false);
          const full = Math.min(height, services + 1 + (hosts > 0 ? hosts + 1 : 0));
          expect([full - 1, full]).toContain(rows.length);
          // What has no row is counted.
          const cut = services + hosts - rows.filter(({ text }) => !isHeading(text)).length;
          const note = entities.footnote!(view, { ...SIZE, height }, instanceOf(entities));
          expect(note?.text).toBe(cut === 0 ? undefined : `and ${cut} more`);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("names the worst health among the entities without a row", () => {
    const view = viewWith(9, 0, 0);
    const healths = ["healthy", "degraded", "healthy", "down", "down"] as const;
    const all = view.entities.map((each, nth) => ({ ...each, health: healths[nth - 4] ?? "healthy" }));
    const note = (height: number) => {
      const shown = { ...withEntities(view, all), selected: all[0] };
      return entities.footnote!(shown, { ...SIZE, height }, instanceOf(entities));
    };
    expect(note(5)).toEqual({ text: "and 5 more, 2 down", role: "critical" });
    expect(note(9)).toEqual({ text: "and 1 more, 1 down", role: "critical" });
    expect(note(10)).toBeUndefined();
  });

  it("counts one of a kind in the singular", () => {
    expect(titleOf(entities, viewWith(2, 1, 0))).toBe("2 services, 1 host, last 5s");
  });

  it("names in its title only the sections that have the sorted measure", () => {
    const view = viewWith(2, 2, 0);
    const by = (sort: string, shown = view) => titleOf(entities, { ...shown, ui: { ...shown.ui, sort } });
    expect(by("error_rate")).toBe("2 services, 2 hosts, last 5s, services by error rate");
    expect(by("load")).toMatch(/, hosts by load$/);
    expect(by("cpu")).toMatch(/, by cpu$/);
    expect(by("name")).toMatch(/, by name$/);
    expect(by("load", viewWith(2, 0, 0))).toMatch(/^services, last 5s, together /);
  });

  it("names the measure of the sparkline also if space is short", () => {
    const headings = [116, 100, 90, 80, 70, 60].map(
      (width) => textsOf(entities, viewWith(1, 0, 0), { ...SIZE, width })[0]!,
    );
    for (const heading of headings) if (/last minute|1m/.test(heading)) expect(heading).toMatch(/p99, /);
    expect(headings.some((heading) => heading.includes("p99, "))).toBe(true);
  });

  it("marks the sorted column and names its measure", () => {
    const view = viewWith(2, 0, 0);
    const sorted = { ...view, ui: { ...view.ui, sort: "error_rate", reversed: true } };
    const [heading] = entities.paint(sorted, SIZE, instanceOf(entities));
    expect(heading!.line.filter(({ role }) => role === "accent").map(({ text }) => text.trim())).toEqual([
      "err%",
    ]);
    expect(titleOf(entities, sorted)).toMatch(/^services, last 5s, by error rate reversed, together /);
  });
});
