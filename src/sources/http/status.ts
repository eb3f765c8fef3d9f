import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";

/** Status codes from `low` to `high`, both included. */
export interface StatusRange {
  readonly low: number;
  readonly high: number;
}

const CLASS = /^([1-5])xx$/;
const RANGE = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/;
const PROBLEM = 'must be a status such as 200, "2xx" or "200-399", or a list of those';

/** "2xx", "200-399", "204" or 204 -> its range; undefined if invalid. */
function parseStatus(status: string | number): StatusRange | undefined {
  const text = String(status);
  const family = CLASS.exec(text);
  if (family) return { low: Number(family[1]) * 100, high: Number(family[1]) * 100 + 99 };
  const match = RANGE.exec(text);
  if (!match) return undefined;
  const low = Number(match[1]);
  const high = Number(match[2] ?? match[1]);
  return low <= high ? { low, high } : undefined;
}

/** Ends the checks, so that a problem is reported once. */
const LAST = { error: PROBLEM, abort: true };

const oneStatus = lazy(() =>
  z
    .union([z.number().min(100, LAST).max(599, LAST), z.string()], { error: PROBLEM })
    .refine((status) => parseStatus(status) !== undefined, PROBLEM),
);

/** Which statuses count as success: one or several codes, classes or ranges. */
export const statusSchema = lazy(() =>
  z.union([oneStatus(), list(oneStatus(), 100, { problem: PROBLEM }).min(1, PROBLEM)], { error: PROBLEM }),
);

type ExpectedStatus = z.output<ReturnType<typeof statusSchema>>;

/** The ranges of a parsed `statusSchema` value. */
export function statusRanges(expected: ExpectedStatus): readonly StatusRange[] {
  return listed(expected)
    .map(parseStatus)
    .filter((range) => range !== undefined);
}

/** The expected statuses as text: "200-399", "204 or 3xx". */
export function statusText(expected: ExpectedStatus): string {
  return listed(expected).join(" or ");
}

function listed(expected: ExpectedStatus): readonly (string | number)[] {
  return Array.isArray(expected) ? expected : [expected];
}

/** True when the code is within any of the ranges. */
export function statusMatches(code: number, ranges: readonly StatusRange[]): boolean {
  return ranges.some(({ low, high }) => code >= low && code <= high);
}
