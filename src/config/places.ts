/** A position in a text; line and column start at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Creates the function that converts an offset in `text` to a position. An offset after the end, where
 * parsers often point, gives the last position. The line counter of the YAML parser is wrong after syntax
 * errors.
 */
export function createPlaces(text: string): (offset: number) => Place {
  const last = text.trimEnd().length;
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);

  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), last);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= inside) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: inside - starts[low]! + 1 };
  };
}
