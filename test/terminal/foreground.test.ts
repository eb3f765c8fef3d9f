import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isForeground } from "../../src/terminal/foreground.ts";

const stat = (name: string, group: number, terminal: number, foreground: number) =>
  `4711 (${name}) S 1 ${group} ${group} ${terminal} ${foreground} 4194304 1 0 0 0`;

describe("a process in the foreground of its terminal", () => {
  it("is in the group that the terminal names, whatever the program is called", () => {
    const id = fc.integer({ min: 1, max: 99_999 });
    fc.assert(
      fc.property(fc.string(), id, id, (name, group, other) => {
        expect(isForeground(stat(name, group, 34_816, group), 34_816)).toBe(true);
        if (other !== group) expect(isForeground(stat(name, group, 34_816, other), 34_816)).toBe(false);
      }),
    );
  });

  it("may use a terminal that does not control it", () => {
    expect(isForeground(stat("node", 7, 34_817, 9), 34_816)).toBe(true);
    expect(isForeground(stat("node", 7, 0, -1), 34_816)).toBe(true);
  });
});
