/**
 * How much a hostile test tries: a sample in `npm test`, everything in `npm run test:hostile`, which sets
 * HOSTILE=full.
 */
export const isFull = process.env.HOSTILE === "full";

/** The number of cases to try. */
export function cases(sample: number, full: number): number {
  return isFull ? full : sample;
}

/** Reports a figure of a full run, for the table in docs/RELIABILITY.md. */
export function report(what: string, tried: number, lost: number): void {
  if (isFull) process.stderr.write(`hostile | ${what} | ${tried} tried | ${lost} lost\n`);
}
