import { renderToString } from "ink";
import { describe, expect, it } from "vitest";
import { Help } from "../../../src/ui/components/Help.tsx";
import { helpRows } from "../../../src/ui/keymap/help.ts";
import { keymap } from "../../../src/ui/keymap/index.ts";
import { startSession } from "../harness.ts";

/** The help row by row, without colours. */
function opened(height: number) {
  const harness = startSession({ width: 80, height });
  harness.press("?");
  const rows = () => {
    const { help, bodyHeight } = harness.session.shape();
    return renderToString(<Help session={harness.session} help={help!} height={bodyHeight} />, {
      columns: 80,
    })
      .replace(/\x1b\[[\d;]*m/g, "")
      .split("\n");
  };
  const does = helpRows(harness.session.view(), keymap).map((row) => row.does);
  /** Presses a key until the help is at its end or its start. */
  const all = (key: string) => harness.press(key.repeat(does.length));
  return { ...harness, rows, does, all };
}

describe("the help", () => {
  it("scrolls until its last key is visible, and back with the next press", () => {
    const { press, rows, session, does, all } = opened(24);
    expect(rows()[0]).toMatch(/key .*does/);
    all("<space>");
    press("j");
    expect(rows().at(-1)).toContain(does.at(-1));
    const end = session.shape();
    press("<space>");
    expect(session.shape()).toBe(end);
    press("k");
    expect(rows().at(-1)).not.toContain(does.at(-1));
    expect(rows().at(-1)).toContain(does.at(-2));
    all("<pageup>");
    press("k");
    expect(rows()[0]).toMatch(/key .*does/);
    press("G");
    expect(session.shape()).toEqual(end);
    press("g");
    expect(rows()[0]).toMatch(/key .*does/);
    press("j");
    expect(rows()[0]).toMatch(/j Down/);
  });

  it.each([[40], [80], [120]])("shows every description in full at %i columns", (width) => {
    const harness = startSession({ width, height: 30 });
    harness.press("?");
    const view = harness.session.view();
    const rows = helpRows(view, keymap);
    const text = rows.map(({ does }) => does).join(" ");
    for (const { description } of [
      ...keymap,
      ...view.kinds.faults.filter(({ accepts }) => accepts.includes("service")),
    ])
      expect(text).toContain(description);
    const shown = renderToString(<Help session={harness.session} help={0} height={rows.length + 1} />, {
      columns: width,
    });
    for (const { does } of rows) expect(shown).toContain(does);
  });

  it("scrolls back immediately after the screen has grown", () => {
    const { press, rows, session, does, all } = opened(24);
    all("<space>");
    session.resize({ width: 80, height: 44 });
    expect(rows().at(-1)).toContain(does.at(-1));
    press("k");
    expect(rows().at(-1)).not.toContain(does.at(-1));
  });
});
