import { renderToString } from "ink";
import { describe, expect, it } from "vitest";
import { Help } from "../../../src/ui/components/Help.tsx";
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
const LAST = /f f .*comes and goes/;

describe("the help", () => {
  it("scrolls until its last key is in sight, and back with the next press", () => {
    const { press, rows, session } = opened(24);
    expect(rows()[0]).toMatch(/key .*does/);
    press("<space><space><space><space><space><space><space><space>j");
    expect(rows().at(-1)).toMatch(LAST);
    const end = session.shape();
    press("<space>");
    expect(session.shape()).toBe(end);
    press("k");
    expect(rows().at(-1)).not.toMatch(LAST);
    expect(rows().at(-1)).toMatch(/f d/);
    press("<pageup><pageup><pageup><pageup><pageup><pageup>k");
    expect(rows()[0]).toMatch(/key .*does/);
    press("j");
    expect(rows()[0]).toMatch(/j Down/);
  });

  it("goes back at once after the screen has grown", () => {
    const { press, rows, session } = opened(24);
    press("<space><space><space><space><space><space>");
    session.resize({ width: 80, height: 40 });
    expect(rows().at(-1)).toMatch(LAST);
    press("k");
    expect(rows().at(-1)).not.toMatch(LAST);
  });
});
