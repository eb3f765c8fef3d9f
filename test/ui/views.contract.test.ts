import { describe, expect, it } from "vitest";
import { keymap } from "../../src/ui/keymap/index.ts";
import { panelKinds } from "../../src/ui/panels/index.ts";
import { views } from "../../src/ui/views/index.ts";
import type { LayoutsBySize, ViewSpec } from "../../src/ui/views/types.ts";

const all = Object.entries<ViewSpec>(views);

describe.each(all)("the view %s", (name, { name: own, key, pageOf, description, focus, layouts }) => {
  const rooms = Object.values(layouts as Required<LayoutsBySize>);
  const panelsOf = (layout: (typeof rooms)[number]) =>
    layout.flatMap(({ boxes }) => boxes.map(({ panel }) => panel));

  it("has its name from the registry and a description, and a key if it is no page of another view", () => {
    expect(own).toBe(name);
    if (key !== undefined)
      expect(keymap.find(({ keys }) => keys.includes(key))?.description).toBe(description);
    if (pageOf !== undefined) expect(views[pageOf as keyof typeof views]).toBeDefined();
    expect(description).not.toMatch(/\.$/);
  });

  it("consists of registered panels with unique ids", () => {
    for (const layout of rooms) {
      const ids = panelsOf(layout).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { kind } of panelsOf(layout)) expect(Object.keys(panelKinds)).toContain(kind);
    }
  });

  it("opens with the focus on one of its panels", () => {
    expect(panelsOf(layouts.full).map(({ id }) => id)).toContain(focus);
  });

  it("lets panels follow only panels of the same layout", () => {
    for (const layout of rooms) {
      const ids = panelsOf(layout).map(({ id }) => id);
      for (const { options } of panelsOf(layout)) if (options.follows) expect(ids).toContain(options.follows);
    }
  });

  it("is plain data", () => expect(JSON.parse(JSON.stringify(layouts))).toEqual(layouts));
});
