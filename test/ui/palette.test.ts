import { describe, expect, it } from "vitest";
import { numberParam } from "../../src/core/params.ts";
import { paletteEntries } from "../../src/ui/palette.ts";
import type { View } from "../../src/ui/view.ts";
import type { AnyActionKind } from "../../src/worlds/types.ts";
import { startSession } from "./harness.ts";

const restart: AnyActionKind = {
  kind: "restart",
  key: "r",
  title: "Restart",
  description: "Restarts the service.",
  accepts: ["service"],
  params: { instances: numberParam({ unit: "", levels: [1, 2], default: 2, description: "" }) },
  label: ({ instances }: { instances: number }) => `restart ${instances} instances`,
};

/** The palette with this text typed, in a program that has one action. */
function typed(text: string): View {
  const { session, press } = startSession();
  press(`j:${text}`);
  const view = session.view();
  return { ...view, kinds: { ...view.kinds, actions: [restart] } };
}

describe("the command palette", () => {
  it("offers the actions of the selected entity with their default parameters", () => {
    const view = typed("restart");
    const [entry] = paletteEntries(view);
    expect(entry).toMatchObject({ title: "restart 2 instances on back", shown: "f r", enabled: true });
    expect(entry!.run(view)).toEqual({
      command: { type: "act", entity: "back", action: "restart", params: { instances: 2 } },
    });
  });

  it("offers its faults, disabled if they would have no effect", () => {
    const faults = paletteEntries(typed("inject on back"));
    const accepted = typed("").kinds.faults.filter(({ accepts }) => accepts.includes("service"));
    expect(faults.map(({ shown }) => shown)).toEqual(accepted.map(({ key }) => `f ${key}`));
    const cut = faults.find(({ title }) => title.includes("dependencies cut"));
    expect(cut!.enabled).toContain("it calls no other service");
  });

  it("lists every entity", () => {
    const view = typed("go to");
    for (const { name } of view.snapshot.entities) {
      const entry = paletteEntries(view).find(({ title }) => title === `go to ${name}`);
      expect(entry!.run(view)).toEqual({ ui: { type: "open", entity: name } });
    }
  });
});
