import { createFaultlineSeries } from "../faultline-series.ts";
import type { Contender } from "./types.ts";

/** Our store as it is used: seconds close, the window of the last 60 moves on. No other contender can do this. */
export const faultlineRolling: Contender = {
  name: "faultline, rolling 60 s",
  settings: "the same, with advance once a second: 2,000 latencies a second, a window of 60 s",
  promisedError: 100 / 129,
  fewer: 1,
  create: createFaultlineSeries,
};
