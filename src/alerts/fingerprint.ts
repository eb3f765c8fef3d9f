import { createHash } from "node:crypto";
import type { Labels } from "../core/metric.ts";

/** Hexadecimal digits of a fingerprint: 64 bits, as in Alertmanager. */
const DIGITS = 16;

/** Identifies a set of labels, whatever their order: the first 64 bits of the SHA-256 of the sorted labels. */
export function fingerprintOf(labels: Labels): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, DIGITS);
}
