import { lastIndex } from "./tick-log.ts";

/** So many versions are in one chunk: a lookup decodes at most these. */
const CHUNK_VERSIONS = 64;
/** What a chunk takes beside its versions, about, bytes. */
const CHUNK_BYTES = 200;
/** The characters of numbers in 4 bits each; the space separates numbers. */
const SYMBOLS = "0123456789., ";
const NUMBERS = /\d[\d.,]*/g;
const PLACE = "\0";

/** Versions of the same sentences that differ in their numbers. */
interface Chunk {
  readonly firstAt: number;
  /** With `PLACE` for each number. */
  readonly template: string;
  /** For each version: ms since firstAt and number of symbols (varints), and the numbers. */
  bytes: Uint8Array;
  length: number;
  versions: number;
}

interface Track {
  chunks: Chunk[];
  /** The newest version. */
  numbers: string;
}

/**
 * The sentences of many things at each tick of the last minutes. Their numbers change with every tick, their words
 * seldom: a version is about ten bytes. All reach back equally far.
 */
export class SentenceLog {
  readonly #keepMs: number;
  readonly #mostBytes: number;
  readonly #tracks = new Map<string | number, Track>();
  #bytes = 0;
  #keptFrom = Number.NEGATIVE_INFINITY;
  #nextTrim = Number.NEGATIVE_INFINITY;

  /** @param keepMs how long versions are kept. @param mostBytes then less long */
  constructor(keepMs: number, mostBytes: number) {
    this.#keepMs = keepMs;
    this.#mostBytes = mostBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Every version since this instant is known, ms since the epoch. */
  get keptFrom(): number {
    return this.#keptFrom;
  }

  /** @param at ms since the epoch, never decreasing for a key. @param sentences without line breaks */
  note(key: string | number, at: number, sentences: readonly string[]): void {
    const known = this.#tracks.get(key);
    if (known === undefined && sentences.length === 0) return;
    const text = sentences.join("\n");
    const template = text.replace(NUMBERS, PLACE);
    const numbers = (text.match(NUMBERS) ?? []).join(" ");
    const track = known ?? { chunks: [], numbers: "" };
    if (known === undefined) this.#tracks.set(key, track);
    let chunk = track.chunks.at(-1);
    if (chunk?.template === template && track.numbers === numbers) return;
    if (chunk === undefined || chunk.template !== template || chunk.versions === CHUNK_VERSIONS) {
      if (chunk !== undefined) chunk.bytes = chunk.bytes.slice(0, chunk.length);
      const words = chunk?.template === template ? chunk.template : template;
      chunk = { firstAt: at, template: words, bytes: new Uint8Array(32), length: 0, versions: 0 };
      track.chunks.push(chunk);
      this.#bytes += CHUNK_BYTES;
    }
    this.#bytes += append(chunk, at, numbers);
    track.numbers = numbers;
  }

  /** The sentences at an instant; undefined when they are not kept any more, or never were. */
  at(key: string | number, at: number): readonly string[] | undefined {
    const track = this.#tracks.get(key);
    if (track === undefined || at < this.#keptFrom) return undefined;
    const chunk = track.chunks[lastIndex(track.chunks, at, ({ firstAt }) => firstAt)];
    if (chunk === undefined) return undefined;
    if (chunk.template === "") return [];
    const numbers = numbersAt(chunk, at).split(" ");
    let nth = 0;
    return chunk.template.replaceAll(PLACE, () => numbers[nth++]!).split("\n");
  }

  /** Drops what is too old; call it once per tick. */
  trim(now: number): void {
    if (now >= this.#nextTrim) {
      this.#nextTrim = now + this.#keepMs / 30;
      this.#dropBefore(now - this.#keepMs);
    }
    while (this.#bytes > this.#mostBytes) {
      const from = Math.max(this.#keptFrom, now - this.#keepMs);
      if (from >= now - 1) return;
      this.#dropBefore(from + (now - from) / 4);
    }
  }

  #dropBefore(before: number): void {
    this.#keptFrom = Math.max(this.#keptFrom, before);
    for (const [key, track] of this.#tracks) {
      const gone = Math.max(
        0,
        lastIndex(track.chunks, before, ({ firstAt }) => firstAt),
      );
      for (let nth = 0; nth < gone; nth++) this.#bytes -= CHUNK_BYTES + track.chunks[nth]!.length;
      if (gone > 0) track.chunks = track.chunks.slice(gone);
      const [only] = track.chunks;
      if (track.chunks.length > 1 || only?.template !== "" || only.firstAt > before) continue;
      this.#bytes -= CHUNK_BYTES + only.length;
      this.#tracks.delete(key);
    }
  }
}

/** @returns by how many bytes the versions grew */
function append(chunk: Chunk, at: number, numbers: string): number {
  const before = chunk.length;
  const most = before + 16 + numbers.length;
  if (chunk.bytes.length < most) {
    const longer = new Uint8Array(2 * most);
    longer.set(chunk.bytes);
    chunk.bytes = longer;
  }
  writeVarint(chunk, Math.round(at - chunk.firstAt));
  writeVarint(chunk, numbers.length);
  for (let nth = 0; nth < numbers.length; nth += 2) {
    const low = SYMBOLS.indexOf(numbers[nth]!);
    const high = nth + 1 < numbers.length ? SYMBOLS.indexOf(numbers[nth + 1]!) : 0;
    chunk.bytes[chunk.length++] = low | (high << 4);
  }
  chunk.versions += 1;
  return chunk.length - before;
}

/** The numbers of the last version that is not after `at`; the first one's before that. */
function numbersAt(chunk: Chunk, at: number): string {
  const reader = { bytes: chunk.bytes, place: 0 };
  let numbersFrom = 0;
  let length = 0;
  while (reader.place < chunk.length) {
    const since = readVarint(reader);
    const symbols = readVarint(reader);
    if (since > at - chunk.firstAt && numbersFrom > 0) break;
    numbersFrom = reader.place;
    length = symbols;
    reader.place += (symbols + 1) >> 1;
  }
  let numbers = "";
  for (let nth = 0; nth < length; nth++) {
    const pair = chunk.bytes[numbersFrom + (nth >> 1)]!;
    numbers += SYMBOLS[nth % 2 === 0 ? pair & 15 : pair >> 4];
  }
  return numbers;
}

function writeVarint(chunk: Chunk, value: number): void {
  let rest = value;
  while (rest > 127) {
    chunk.bytes[chunk.length++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  chunk.bytes[chunk.length++] = rest;
}

function readVarint(reader: { readonly bytes: Uint8Array; place: number }): number {
  let value = 0;
  for (let unit = 1; ; unit *= 128) {
    const byte = reader.bytes[reader.place++]!;
    value += (byte & 127) * unit;
    if (byte < 128) return value;
  }
}
