import type { AnyFaultKind } from "../../../faults/types.ts";
import { ackLost } from "./ack-lost.ts";
import { brokerDown } from "./broker-down.ts";
import { consumerCrash } from "./consumer-crash.ts";
import { hotPartition } from "./hot-partition.ts";
import { networkPartition } from "./network-partition.ts";
import { neverAck } from "./never-ack.ts";
import { poisonMessage } from "./poison-message.ts";
import { prefetchHog } from "./prefetch-hog.ts";
import { producerBurst } from "./producer-burst.ts";
import { slowConsumer } from "./slow-consumer.ts";

/** All fault kinds of task queue worlds, in the order of the menu. */
export const faultKinds: readonly AnyFaultKind[] = [
  slowConsumer,
  consumerCrash,
  poisonMessage,
  producerBurst,
  brokerDown,
  networkPartition,
  ackLost,
  hotPartition,
  prefetchHog,
  neverAck,
];
