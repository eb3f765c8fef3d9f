import { createFaultlineSeries } from "../faultline-series.ts";
import type { Contender } from "./types.ts";

/** Our store, everything within its open second: what compares with libraries that know no time. */
export const faultline: Contender = {
  name: "faultline",
  settings: "through its public API: a histogram handle and its window; all within one second",
  promisedError: 100 / 129,
  fewer: 1,
  create(count) {
    const { series, ownBytes } = createFaultlineSeries(count);
    return { series, ownBytes };
  },
};
