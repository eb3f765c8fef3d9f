/** Eight words have as many bytes as a number has bits: one bit for each byte, set where it is occupied. */
export const WORDS_AT_ONCE = 8;

/** Of 32 bytes, beginning at a word: bit n is set where byte n is not 0. */
export function occupiedBytes(words: Uint32Array, first: number): number {
  let mask = 0;
  for (let nth = 0; nth < WORDS_AT_ONCE; nth++) {
    const word = words[first + nth]!;
    // The top bit of each byte: set when the byte's lower seven bits carry over, or it was set itself.
    const tops = (((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) & 0x80808080;
    // The multiplication moves the four top bits side by side into the highest four.
    mask |= (Math.imul(tops >>> 7, 0x10204080) >>> 28) << (nth * 4);
  }
  return mask;
}
