import { describe, expect, it } from "vitest";
import { SeriesTable } from "../../../src/store/slots/series-table.ts";

const series = (place: number) => ({ place, born: 0 });

describe("series table", () => {
  it("gives places that were freed to others, so that the places stay few", () => {
    const table = new SeriesTable();
    const added = Array.from({ length: 5 }, () => table.add(series));
    expect(table.list.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4]);
    for (const place of [1, 3]) table.remove(place);
    expect(table.list).toEqual([added[0], added[2], added[4]]);
    expect(table.at(3)).toBeUndefined();
    const again = table.add(series);
    expect(table.at(again.place)).toBe(again);
    for (let n = 0; n < 100; n++) table.remove(table.add(series).place);
    expect(table.size).toBe(5);
  });
});
