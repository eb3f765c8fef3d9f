import { crc32 } from "node:zlib";
import type { Change } from "../routing/memory.ts";

/** Changes that hold together: all of them are read back, or none. */
export type Batch = readonly Change[];

/** One line: the CRC-32 of the rest, and the batch as JSON. A line that was cut short does not match it. */
export function lineOf(batch: Batch): string {
  const text = JSON.stringify(batch);
  return `${checksum(text)} ${text}\n`;
}

/** The batch of a line without its line break; undefined if it is damaged. */
export function batchOf(line: string): Batch | undefined {
  const text = line.slice(CHECKSUM_LENGTH + 1);
  if (line.slice(0, CHECKSUM_LENGTH + 1) !== `${checksum(text)} `) return undefined;
  try {
    const batch: unknown = JSON.parse(text);
    return Array.isArray(batch) ? (batch as Batch) : undefined;
  } catch {
    return undefined;
  }
}

const CHECKSUM_LENGTH = 8;

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(CHECKSUM_LENGTH, "0");
}
