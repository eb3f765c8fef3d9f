import { DAY_MS, duration, HOUR_MS, percentUpTo, ratio } from "../../core/quantity.ts";
import { measureValue } from "../rule-options.ts";

/** The hold of all rules of a template. @param usual config spelling */
export function holdFor(usual: string) {
  return duration(0, DAY_MS)
    .prefault(usual)
    .describe("how long a condition must hold before its alert fires");
}

/** @param what what is above it @param usual config spelling */
export function latencyAbove(what: string, usual: string) {
  return duration(0, HOUR_MS).prefault(usual).describe(`${what} above this is critical`);
}

export function shareAbove(what: string, usual: number) {
  return ratio().default(usual).describe(`${what} above this is critical, 0..1`);
}

export function percentAbove(what: string, usual: number) {
  return percentUpTo(100).default(usual).describe(`${what} above this is a warning, percent`);
}

export function countAbove(what: string, usual: number) {
  return measureValue().default(usual).describe(`${what} above this is critical`);
}

/** @param what what is missing */
export function missingFor(what: string, usual: string) {
  return duration(1_000, DAY_MS).prefault(usual).describe(`${what} missing for so long is a page`);
}
