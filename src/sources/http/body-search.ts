/**
 * Searches a text in a body that arrives in parts, and holds nothing of the body: the algorithm of Knuth,
 * Morris and Pratt (SIAM J. Comput. 6, 1977), at most two comparisons per byte whatever the parts are.
 */
export class BodySearch {
  readonly #wanted: Buffer;
  /** For each length of a match so far, the length of the longest shorter one that is still possible. */
  readonly #fallback: Uint32Array;
  #matched = 0;

  /** @param wanted the text, compared as UTF-8; not empty */
  constructor(wanted: string) {
    this.#wanted = Buffer.from(wanted);
    this.#fallback = new Uint32Array(this.#wanted.length + 1);
    for (let length = 2, border = 0; length <= this.#wanted.length; length++) {
      const next = this.#wanted[length - 1]!;
      while (border > 0 && this.#wanted[border] !== next) border = this.#fallback[border]!;
      if (this.#wanted[border] === next) border += 1;
      this.#fallback[length] = border;
    }
  }

  get found(): boolean {
    return this.#matched === this.#wanted.length;
  }

  add(part: Uint8Array): void {
    for (let at = 0; at < part.length && !this.found; at++) {
      const next = part[at]!;
      while (this.#matched > 0 && this.#wanted[this.#matched] !== next) {
        this.#matched = this.#fallback[this.#matched]!;
      }
      if (this.#wanted[this.#matched] === next) this.#matched += 1;
    }
  }
}
