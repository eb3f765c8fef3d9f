import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterEntities, sectionsOf, sortEntities, sortsFor } from "../../src/ui/sections.ts";
import { entity, host, kindsWith, queue } from "./fixtures.ts";

const names = (entities: readonly { readonly name: string }[]) => entities.map(({ name }) => name);
const depths = (...values: readonly (number | undefined)[]) =>
  values.map((depth, index) => entity(`q${index}`, { values: depth === undefined ? {} : { depth } }));

describe("the filter", () => {
  const fleet = [
    entity("orders", { labels: { team: "Blue" } }),
    entity("web-1", { kind: "host", origin: "proxy" }),
    entity("mail", { health: "degraded" }),
  ];

  it.each([
    ["ord", ["orders"]],
    ["blue", ["orders"]],
    ["HOST", ["web-1"]],
    ["prox", ["web-1"]],
    ["degr", ["mail"]],
    ["queue", ["orders", "mail"]],
    ["queue mail", ["mail"]],
    ["  ", ["orders", "web-1", "mail"]],
    ["nothing", []],
  ])("%j matches entities with all its words", (filter, expected) =>
    expect(names(filterEntities(fleet, filter))).toEqual(expected),
  );
});

describe("sections", () => {
  const fleet = [
    entity("a", { kind: "host", values: { load: 1 } }),
    entity("q1", { values: { depth: 5 } }),
    entity("b", { kind: "host", values: { load: 9 } }),
    entity("q2", { values: { depth: 7 } }),
  ];
  const sections = (filter: string, sort: string, reversed = false) =>
    sectionsOf(fleet, kindsWith().entities, { filter, sort, reversed }).map(
      ({ kind, entities }) => [kind.kind, names(entities)] as const,
    );

  it("are one per kind, in the order in which the kinds first appear", () => {
    expect(sections("", "config")).toEqual([
      ["host", ["a", "b"]],
      ["queue", ["q1", "q2"]],
    ]);
  });

  it("are omitted if the filter empties them, without changing the order of the others", () => {
    expect(sections("q", "config")).toEqual([["queue", ["q1", "q2"]]]);
  });

  it("are sorted by a measure if their kind has it; others keep the order of the config", () => {
    expect(sections("", "depth")).toEqual([
      ["host", ["a", "b"]],
      ["queue", ["q2", "q1"]],
    ]);
    expect(sections("", "load", true)).toEqual([
      ["host", ["a", "b"]],
      ["queue", ["q1", "q2"]],
    ]);
  });
});

describe("sorting", () => {
  it("puts the worst first: high where high is worse or neither, low where low is worse", () => {
    const fleet = [
      entity("x", { values: { depth: 1, share: 1, rate: 1 } }),
      entity("y", { values: { depth: 2, share: 2, rate: 2 } }),
    ];
    expect(names(sortEntities(fleet, queue, "depth", false))).toEqual(["y", "x"]);
    expect(names(sortEntities(fleet, queue, "share", false))).toEqual(["x", "y"]);
    expect(names(sortEntities(fleet, queue, "rate", false))).toEqual(["y", "x"]);
  });

  it("puts unknown values last in both directions and keeps every entity", () => {
    const value = fc.oneof(fc.integer(), fc.constant(Number.NaN), fc.constant(undefined));
    fc.assert(
      fc.property(fc.array(value), fc.boolean(), (values, reversed) => {
        const fleet = depths(...values);
        const sorted = sortEntities(fleet, queue, "depth", reversed);
        expect(names(sorted).toSorted()).toEqual(names(fleet).toSorted());
        const read = sorted.map((each) => each.values.depth ?? Number.NaN);
        const known = read.filter((each) => !Number.isNaN(each));
        expect(read.slice(0, known.length)).toEqual(known);
        expect(known).toEqual(known.toSorted((a, b) => (reversed ? a - b : b - a)));
      }),
    );
  });

  it("keeps the order of the config among equals", () => {
    expect(names(sortEntities(depths(3, 3, 3), queue, "depth", false))).toEqual(["q0", "q1", "q2"]);
  });

  it("by health puts the worst first, by name is alphabetical", () => {
    const fleet = [entity("c"), entity("a", { health: "down" }), entity("b", { health: "unknown" })];
    expect(names(sortEntities(fleet, queue, "health", false))).toEqual(["a", "b", "c"]);
    expect(names(sortEntities(fleet, queue, "name", true))).toEqual(["c", "b", "a"]);
  });

  it("steps through the common sort orders, then the columns of the selected entity's kind", () => {
    const common = sortsFor(undefined);
    expect(sortsFor(host)).toEqual([...common, ...host.columns.map(({ measure }) => measure)]);
    expect(new Set(sortsFor(queue)).size).toBe(sortsFor(queue).length);
  });
});
