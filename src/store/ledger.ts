/** Counts the bytes of typed arrays that a service holds; whoever allocates one writes it down here. */
export interface Ledger {
  bytes: number;
}
