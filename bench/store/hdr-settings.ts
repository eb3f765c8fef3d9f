import type { BuildRequest } from "hdr-histogram-js";

/** HdrHistogram counts whole numbers: here us, from 1 us to 1 h. The rest is its default. */
export const HDR_SETTINGS: BuildRequest = {
  bitBucketSize: 32,
  autoResize: false,
  lowestDiscernibleValue: 1,
  highestTrackableValue: 3_600_000_000,
  numberOfSignificantValueDigits: 2,
};

export const HDR_SETTINGS_IN_WORDS = "whole us, 1 us to 1 h, 2 significant digits, 32-bit counts";
