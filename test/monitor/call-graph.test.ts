import { describe, expect, it } from "vitest";
import { createCallGraph } from "../../src/monitor/call-graph.ts";

describe("the call graph", () => {
  const graph = createCallGraph(
    new Map([
      ["gateway", ["auth", "payment"]],
      ["payment", ["mail"]],
      ["batch", ["mail"]],
      ["mail", []],
    ]),
  );

  it("knows both directions", () => {
    expect(graph.callsOf("gateway")).toEqual(["auth", "payment"]);
    expect(graph.callersOf("mail")).toEqual(["payment", "batch"]);
    expect(graph.callersOf("nobody")).toEqual([]);
  });

  it("finds everybody upstream, near and far", () => {
    expect([...graph.upstreamOf("mail")].sort()).toEqual(["batch", "gateway", "payment"]);
    expect([...graph.upstreamOf("gateway")]).toEqual([]);
  });

  it("does not run in circles", () => {
    const circle = createCallGraph(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["a"]],
      ]),
    );
    expect([...circle.upstreamOf("a")].sort()).toEqual(["b", "c"]);
  });
});
