import { ProbeFailure } from "./failure.ts";

/** The maximum of all bodies of a probe, bytes. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** The maximum that a probe reads from its connections, bytes: a full body, headers and the framing of chunks. */
const MAX_READ_BYTES = MAX_BODY_BYTES + 256 * 1024;
/**
 * The maximum number of reads from the network, and of parts of the body: each costs some microseconds. The
 * first ones may be small; beyond those a part has at least SMALL_BYTES on average.
 */
const MAX_PARTS = 16_384;
const SMALL_PARTS = 1_024;
const SMALL_BYTES = 16;
/** The maximum number of interim responses (1xx): usual are none or one. */
const MAX_INTERIM = 16;

/**
 * What one probe may cost, in all its exchanges together. A hostile server must not use up the processor or
 * the memory of the monitor. Each method returns whether the probe may go on.
 */
export class ProbeBudget {
  #readBytes = 0;
  #bodyBytes = 0;
  #reads = 0;
  #parts = 0;
  #interim = 0;
  #excess: ProbeFailure | undefined;

  /** Why the probe has to end; undefined while it may go on. */
  get excess(): ProbeFailure | undefined {
    return this.#excess;
  }

  /** So many bytes arrived from the network, with everything around the body. */
  read(bytes: number): boolean {
    this.#readBytes += bytes;
    this.#reads += 1;
    return (
      this.#within(this.#readBytes, MAX_READ_BYTES, "response over 1.25 MiB with its framing") &&
      this.#within(this.#reads, mostParts(this.#readBytes), "response in too many small packets")
    );
  }

  /** A part of a body, of so many bytes. */
  body(bytes: number): boolean {
    this.#bodyBytes += bytes;
    this.#parts += 1;
    return (
      this.#within(this.#bodyBytes, MAX_BODY_BYTES, "response over 1 MiB") &&
      this.#within(this.#parts, mostParts(this.#bodyBytes), "response in too many small chunks")
    );
  }

  /** A 1xx response. */
  interim(): boolean {
    this.#interim += 1;
    return this.#within(this.#interim, MAX_INTERIM, `more than ${MAX_INTERIM} interim responses (1xx)`);
  }

  #within(amount: number, most: number, reason: string): boolean {
    if (amount > most) this.#excess ??= new ProbeFailure(reason);
    return this.#excess === undefined;
  }
}

/** How many parts so many bytes may have. */
function mostParts(bytes: number): number {
  return Math.min(MAX_PARTS, SMALL_PARTS + bytes / SMALL_BYTES);
}
