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

  it("lists the links to an entity", () => {
    expect(graph.linksTo("mail")).toEqual([
      { type: "calls", to: "payment" },
      { type: "calls", to: "batch" },
    ]);
    expect(graph.linksTo("gateway")).toEqual([]);
  });

  it("finds all direct and indirect dependents, across kinds", () => {
    expect([...graph.affectedBy("mail")].sort()).toEqual([
      "batch",
      "gateway",
      "orders",
      "partition",
      "payment",
      "worker",
    ]);
    expect([...graph.affectedBy("orders")].sort()).toEqual(["gateway", "partition", "payment", "worker"]);
    expect([...graph.affectedBy("gateway")]).toEqual([]);
    expect([...graph.affectedBy("worker")].sort()).toEqual(["gateway", "orders", "partition", "payment"]);
  });

  it("handles cycles of links", () => {
    const circle = createLinkGraph(
      new Map([
        ["a", calls("b")],
        ["b", calls("c")],
        ["c", calls("a")],
      ]),
    );
    expect([...circle.affectedBy("a")].sort()).toEqual(["b", "c"]);
  });
});
