import { describe, expect, it } from "vitest";
import { sparkline } from "../../../src/ui/charts/sparkline.ts";
import { startSession } from "../harness.ts";

describe("sparkline", () => {
  it("shows nothing of what was still to come where the screen has gone back", () => {
    const { session, run, monitor, press } = startSession();
    run(40);
    const text = () => {
      const view = session.view();
      return sparkline(view, view.snapshot.entities[1]!, 20)
        .map((part) => part.text)
        .join("");
    };
    const { at } = session.view().snapshot;
    const before = text();
    const { name } = session.view().snapshot.entities[1]!;
    monitor.dispatch({
      type: "inject",
      entity: name,
      kind: "latency",
      params: { latency: 800 },
      ttlMs: 30_000,
    });
    run(20);
    expect(text()).not.toBe(before);
    press("@-20s<enter>");
    expect(session.view().snapshot.at).toBe(at);
    expect(text()).toBe(before);
  });
});
