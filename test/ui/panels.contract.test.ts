import { describe, expect, it } from "vitest";
import { panelKinds } from "../../src/ui/panels/index.ts";
import type { PanelKind } from "../../src/ui/panels/types.ts";
import { lineWidth } from "../../src/ui/text/line.ts";
import type { View } from "../../src/ui/view.ts";
import { worldKinds } from "../../src/worlds/index.ts";
import { startSession, textOf } from "./harness.ts";
import { titleOf } from "./panels/painting.ts";

const SIZES = [
  { width: 116, height: 30 },
  { width: 76, height: 9 },
  { width: 40, height: 6 },
  { width: 12, height: 3 },
  { width: 1, height: 1 },
] as const;

/** Two services and one instance of every world, so that every entity kind is on the screen. */
const EVERYTHING = JSON.stringify({
  services: [{ name: "front", base_latency: "20ms", rate: 20 }],
  worlds: Object.values(worldKinds).map(({ example }) => example),
});

function startAll(unicode: boolean) {
  const silent = startSession({ unicode });
  const broken = startSession({ unicode });
  broken.run(20);
  broken.press("jfl");
  broken.run(8);
  const mixed = startSession({ config: EVERYTHING, unicode });
  mixed.run(20);
  return { silent, broken, mixed };
}

const { silent, broken, mixed } = startAll(true);
const ascii = startAll(false);

/** The alerts with an incident expanded and closed, details, and the further pages. */
const CONSOLE = [
  "3",
  "3<right>",
  "3<enter>",
  "3<right>j<enter>",
  "3<tab>",
  "3<tab><tab>",
  "3<tab><tab><tab><tab>",
];

/** Views with each entity selected, in all variants that keys can set. */
function* viewsOf(harness: ReturnType<typeof startSession>): Generator<View> {
  for (const mode of ["1", "2", "6", "7", "f", ":", "c", ...CONSOLE]) {
    harness.press(mode);
    yield harness.session.view();
    harness.press(mode === "c" ? "c" : "<esc>");
  }
  harness.press("1");
  const view = harness.session.view();
  const kinds = new Set<string>();
  for (const selected of view.snapshot.entities) {
    if (!kinds.has(selected.kind)) yield { ...view, selected };
    kinds.add(selected.kind);
  }
  yield { ...view, entities: [], sections: [], selected: undefined };
}

const OPTIONS = [{}, { nth: 1 }, { scope: "selected" }] as const;

describe.each(Object.entries<PanelKind>(panelKinds))("the panel %s", (name, kind) => {
  it("has its name in the registry, and a description", () => {
    expect(kind.kind).toBe(name);
    expect(kind.description).toMatch(/^[^.]{10,}[^.]$/);
  });

  it.each(SIZES)("fits into $width x $height with any content", (size) => {
    for (const harness of [silent, broken, mixed]) {
      for (const view of viewsOf(harness)) {
        for (const options of OPTIONS) {
          const rows = kind.paint(view, size, { id: name, kind: name, options });
          expect(rows.length).toBeLessThanOrEqual(size.height);
          // The frame cuts wider rows; with enough space nothing should be cut.
          if (size.width > 100)
            for (const { line } of rows) expect(textOf(line)).not.toMatch(/NaN|undefined|Infinity/);
        }
      }
    }
  });

  it("paints the same view the same way", () => {
    const view = mixed.session.view();
    const painted = () =>
      kind
        .paint(view, { width: 60, height: 12 }, { id: name, kind: name, options: {} })
        .map(({ line }) => textOf(line));
    expect(painted()).toEqual(painted());
  });

  it("has an ASCII replacement for everything it writes", () => {
    for (const harness of Object.values(ascii)) {
      for (const view of viewsOf(harness)) {
        const panel = { id: name, kind: name, options: {} };
        const rows = kind.paint(view, { width: 116, height: 30 }, panel).map(({ line }) => textOf(line));
        expect([titleOf(kind, view), ...rows].join("").replace(/[\x20-\x7e]/g, "")).toBe("");
      }
    }
  });

  it("has items with unique keys, which are entity names if moving selects one", () => {
    for (const harness of [silent, broken, mixed]) {
      for (const view of viewsOf(harness)) {
        const items = kind.items?.(view, { id: name, kind: name, options: {} });
        expect(new Set(items).size).toBe(items?.length ?? 0);
        if (kind.selects) expect(items).toEqual(view.entities.map((entity) => entity.name));
        for (const item of items ?? []) {
          const entity = kind.entityOf?.(view, item);
          if (entity !== undefined) expect(view.snapshot.entities.map((each) => each.name)).toContain(entity);
        }
      }
    }
  });

  it("shows the item at the cursor, with any number of items", () => {
    const view = broken.session.view();
    for (const item of kind.items?.(view, { id: "a", kind: name, options: {} }) ?? []) {
      const ui = { ...view.ui, focus: "a", cursors: { a: item }, selected: item };
      const selected = view.entities.find((entity) => entity.name === item) ?? view.selected;
      const size = { width: 76, height: 6 };
      const rows = kind.paint({ ...view, ui, selected }, size, { id: "a", kind: name, options: {} });
      // Charts show the selected entity differently.
      if (!kind.selects || name !== "lines") expect(rows.some((row) => row.selected)).toBe(true);
      expect(Math.max(...rows.map(({ line }) => lineWidth(line)))).toBeLessThanOrEqual(76);
    }
  });
});
