import { defineFault } from "../../../faults/types.ts";
import type { Effects } from "../effects.ts";

/** A consumer that forgets to acknowledge. */
export const neverAck = defineFault<Effects>()({
  kind: "never-ack",
  key: "v",
  title: "Never ack",
  description:
    "The consumer processes messages and never acknowledges them: the same messages come back again and again.",
  accepts: ["consumer"],
  params: {},
  defaultTtlMs: 90_000,
  label: () => "never ack",
  apply: (effects) => {
    effects.neverAck = true;
  },
});
