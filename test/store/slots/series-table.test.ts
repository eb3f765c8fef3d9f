import { describe, expect, it } from "vitest";
import { SeriesTable } from "../../../src/store/slots/series-table.ts";

const subject = (id: number) => ({ id, born: 0 });

describe("series table", () => {
  it("gives numbers that were freed to others, so that the numbers stay few", () => {
    const table = new SeriesTable();
    const added = Array.from({ length: 5 }, () => table.add(subject));
    expect(table.list.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
    for (const id of [1, 3]) table.remove(id);
    expect(table.list).toEqual([added[0], added[2], added[4]]);
    expect(table.at(3)).toBeUndefined();
    const again = table.add(subject);
    expect(table.at(again.id)).toBe(again);
    for (let n = 0; n < 100; n++) table.remove(table.add(subject).id);
    expect(table.size).toBe(5);
  });
});
