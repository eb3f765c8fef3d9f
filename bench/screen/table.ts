import type { Result } from "./run.ts";

/** References for the first frames, ms. */
export interface References {
  readonly bareNodeMs: number;
  readonly spawnMs: number;
}

const HEAD = [
  ...["program", "redraws/s", "cells", "bytes", "smallest", "ratio", "CPU ms", "x btop"],
  ...["first frame ms", "x node", "RSS MB", "frozen B", "frozen CPU ms/s"],
];

const whole = (value: number) => Math.round(value).toLocaleString("en");

/** One row per program; "-" for missing values. */
export function tableRows(results: readonly Result[], { bareNodeMs, spawnMs }: References, frozenMs: number) {
  const btop = results.find(({ name }) => name === "btop");
  const rows = results.map((one) => [
    one.name,
    one.redrawsPerSecond.toFixed(2),
    whole(one.changedCells),
    whole(one.bytes),
    whole(one.smallest),
    Number.isNaN(one.bytesRatio) ? "-" : one.bytesRatio.toFixed(2),
    one.cpuMs.toFixed(2),
    btop === undefined ? "-" : (one.cpuMs / btop.cpuMs).toFixed(2),
    whole(one.firstFrameMs),
    (one.firstFrameMs / bareNodeMs).toFixed(2),
    whole(one.rssMb),
    one.frozen === undefined ? "-" : whole(one.frozen.bytes),
    one.frozen === undefined ? "-" : ((one.frozen.cpuMs * 1000) / frozenMs).toFixed(2),
  ]);
  const reference = (name: string, ms: number) => {
    const row = HEAD.map(() => "-");
    row[0] = name;
    row[8] = whole(ms);
    row[9] = (ms / bareNodeMs).toFixed(2);
    return row;
  };
  return [
    HEAD,
    ...rows,
    reference("bare node -e 0, to its end", bareNodeMs),
    reference("spawn of `true`", spawnMs),
  ];
}

export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[at]!));
  return rows.map((row) => row.map(pad).join("  ")).join("\n");
}

export function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => (at === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("\n");
}
