/** The bytes of typed arrays that somebody holds. Whoever allocates or drops one updates it. */
export interface ByteCount {
  bytes: number;
}
