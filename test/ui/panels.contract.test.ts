import { describe, expect, it } from "vitest";
import { panelKinds } from "../../src/ui/panels/index.ts";
import type { PanelKind } from "../../src/ui/panels/types.ts";
import { startSession, textOf } from "./rig.ts";

const SIZES = [
  { width: 116, height: 30 },
  { width: 40, height: 6 },
  { width: 12, height: 3 },
  { width: 1, height: 1 },
] as const;

/** A fleet of which nothing is known yet, and one in the middle of a fault. */
const silent = startSession();
const broken = startSession();
broken.run(20);
broken.press("jfl");
broken.run(8);

describe.each(Object.entries<PanelKind>(panelKinds))("the panel %s", (name, kind) => {
  it("goes by its name in the registry", () => expect(kind.kind).toBe(name));

  it.each(SIZES)("fits into $width x $height, whatever there is to show", (size) => {
    for (const rig of [silent, broken]) {
      for (const mode of ["1", "2", "f", ":"]) {
        rig.press(mode);
        expect(kind.paint(rig.session.view(), size).length).toBeLessThanOrEqual(size.height);
        rig.press("<esc>");
      }
    }
  });

  it("paints the same view the same way", () => {
    const view = broken.session.view();
    const painted = () => kind.paint(view, { width: 60, height: 12 }).map(({ line }) => textOf(line));
    expect(painted()).toEqual(painted());
  });

  it("counts its items where it can have the focus", () => {
    const count = kind.items?.(broken.session.view());
    if (count !== undefined) expect(count).toBeGreaterThanOrEqual(0);
    expect(["services", "alerts", "faults", "events"].includes(name)).toBe(count !== undefined);
  });
});
