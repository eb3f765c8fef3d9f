import { renderToString } from "ink";
import { describe, expect, it } from "vitest";
import { Help } from "../../../src/ui/components/Help.tsx";
import { helpRows } from "../../../src/ui/keymap/help.ts";
import { keymap } from "../../../src/ui/keymap/index.ts";
import { startSession } from "../rig.ts";

/** The help as it is seen, row by row. */
function opened(height: number) {
  const rig = startSession({ width: 80, height });
  rig.press("?");
  const rows = () => {
    const { help, bodyHeight } = rig.session.shape();
    return renderToString(<Help session={rig.session} help={help!} height={bodyHeight} />, { columns: 80 })
      .replace(/\x1b\[[\d;]*m/g, "")
      .split("\n");
  };
  return { ...rig, rows };
}
/** The end of the last description, in a row of its own at 80 columns. */
const LAST = /refusing for the other half/;

describe("the help", () => {
  it("scrolls until its last key is in sight, and back with the next press", () => {
    const { press, rows, session } = opened(24);
    expect(rows()[0]).toMatch(/key .*does/);
    press("<space><space><space><space><space><space><space><space><space><space>j");
    expect(rows().at(-1)).toMatch(LAST);
    const end = session.shape();
    press("<space>");
    expect(session.shape()).toBe(end);
    press("k");
    expect(rows().at(-1)).not.toMatch(LAST);
    expect(rows().at(-1)).toMatch(/f f .*comes and goes/);
    press("<pageup><pageup><pageup><pageup><pageup><pageup><pageup><pageup>k");
    expect(rows()[0]).toMatch(/key .*does/);
    press("G");
    expect(session.shape()).toEqual(end);
    press("g");
    expect(rows()[0]).toMatch(/key .*does/);
    press("j");
    expect(rows()[0]).toMatch(/j Down/);
  });

  it.each([[40], [80], [120]])("tells every description whole at %i columns", (width) => {
    const rig = startSession({ width, height: 30 });
    rig.press("?");
    const view = rig.session.view();
    const rows = helpRows(view, keymap);
    const text = rows.map(({ does }) => does).join(" ");
    for (const { description } of [...keymap, ...view.faultKinds]) expect(text).toContain(description);
    const shown = renderToString(<Help session={rig.session} help={0} height={rows.length + 1} />, {
      columns: width,
    });
    for (const { does } of rows) expect(shown).toContain(does);
  });

  it("goes back at once after the screen has grown", () => {
    const { press, rows, session } = opened(24);
    press("<space><space><space><space><space><space>");
    session.resize({ width: 80, height: 44 });
    expect(rows().at(-1)).toMatch(LAST);
    press("k");
    expect(rows().at(-1)).not.toMatch(LAST);
  });
});
