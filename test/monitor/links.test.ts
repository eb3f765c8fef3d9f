import { describe, expect, it } from "vitest";
import type { Link } from "../../src/core/entity.ts";
import { createLinkGraph } from "../../src/monitor/links.ts";

const calls = (...to: string[]): Link[] => to.map((name) => ({ type: "calls", to: name }));

describe("the link graph", () => {
  const graph = createLinkGraph(
    new Map<string, Link[]>([
      ["gateway", calls("auth", "payment")],
      ["payment", [...calls("mail"), { type: "publishes", to: "orders" }]],
      ["batch", calls("mail")],
      ["mail", []],
      ["worker", [{ type: "consumes", to: "orders" }]],
      ["partition", [{ type: "part-of", to: "orders" }]],
    ]),
  );

  it("knows the links to an entity", () => {
    expect(graph.linksTo("mail")).toEqual([
      { type: "calls", to: "payment" },
      { type: "calls", to: "batch" },
    ]);
    expect(graph.linksTo("gateway")).toEqual([]);
  });

  it("finds every dependent, near and far, across kinds", () => {
    expect([...graph.dependents("mail")].sort()).toEqual(["batch", "gateway", "payment"]);
    expect([...graph.dependents("orders")].sort()).toEqual(["gateway", "payment", "worker"]);
    expect([...graph.dependents("gateway")]).toEqual([]);
  });

  it("ends where links run in a circle", () => {
    const circle = createLinkGraph(
      new Map([
        ["a", calls("b")],
        ["b", calls("c")],
        ["c", calls("a")],
      ]),
    );
    expect([...circle.dependents("a")].sort()).toEqual(["b", "c"]);
  });
});
