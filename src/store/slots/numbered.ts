/** A series as the slots of an archive know it. */
export interface Numbered {
  /** Its number there. Slots of the finest tier before `born` may speak of an earlier owner of the number. */
  readonly id: number;
  readonly born: number;
}
