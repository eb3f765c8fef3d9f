import { choiceParam, numberParam, type ParamSpecs, type Params, type ParamsOf } from "../../core/params.ts";
import { formatCount } from "../../core/text.ts";
import type { ActionKind } from "../types.ts";
import { ACK_MODES, type AckMode, MAX_CONSUMERS, MAX_PREFETCH } from "./options.ts";
import type { Channel } from "./sim/channel.ts";
import type { Group } from "./sim/group.ts";
import type { Producer } from "./sim/producer.ts";
import type { Queue } from "./sim/queue.ts";

/** What an action on an entity can use. */
export interface ActionTarget {
  readonly name: string;
  readonly queue: Queue;
  /** The channels of the entity: all channels of a queue, or the one of a partition. */
  readonly channels: readonly Channel[];
  /** The consumer groups that it belongs to or that consume it. */
  readonly groups: readonly Group[];
  readonly producer: Producer | undefined;
}

/** An action with its implementation. */
interface Action<Specs extends ParamSpecs> extends ActionKind<Specs> {
  /** Returns the result. @throws RangeError if it is not possible */
  run(target: ActionTarget, params: ParamsOf<Specs>): string;
}

function defineAction<const Specs extends ParamSpecs>(action: Action<Specs>): Action<Specs> {
  return action;
}

const counted = (count: number, word: string): string =>
  `${formatCount(count)} ${word}${count === 1 ? "" : "s"}`;
const namesOf = (groups: readonly Group[]): string => groups.map(({ name }) => name).join(", ");

/** The groups of a target. @throws RangeError if it has none */
function groupsOf({ name, groups }: ActionTarget): readonly Group[] {
  if (groups.length === 0) throw new RangeError(`${name} has no consumers.`);
  return groups;
}

const publish = defineAction({
  kind: "publish",
  key: "u",
  title: "Publish",
  description: "Publishes messages immediately.",
  accepts: ["queue", "partition", "producer"],
  params: {
    messages: numberParam({
      unit: "count",
      levels: [1, 10, 100, 1000, 10_000],
      default: 100,
      description: "number of messages",
    }),
  },
  label: ({ messages }) => `publish ${counted(messages, "message")}`,
  run: ({ name, queue, channels, producer }, { messages }) => {
    const wanted = Math.round(messages);
    let taken = 0;
    let problem: string | undefined;
    if (producer) {
      taken = producer.publish(wanted);
      if (taken < wanted) problem = "rejected by the broker, see unsent and dropped";
    } else {
      for (let i = 0; i < wanted; i += 1) {
        const refusal = channels.length > 1 ? queue.publish(queue.random) : publishInto(queue, channels[0]!);
        if (refusal === undefined) taken += 1;
        else problem = refusal;
      }
      if (taken === 0) throw new RangeError(`${name} accepted no messages: ${problem}.`);
    }
    if (problem === undefined) return `published ${counted(taken, "message")}`;
    return `published ${formatCount(taken)} of ${counted(wanted, "message")}: ${problem}`;
  },
});

function publishInto(queue: Queue, channel: Channel): string | undefined {
  return queue.partitioned ? channel.publish(0) : queue.publish(queue.random);
}

const scale = defineAction({
  kind: "scale-consumers",
  key: "w",
  title: "Scale consumers",
  description: "Starts or stops consumers of the group; those that stop finish what they are processing.",
  accepts: ["queue", "consumer"],
  params: {
    consumers: numberParam({
      unit: "count",
      levels: [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 50, MAX_CONSUMERS],
      default: 5,
      description: "number of consumers in the group",
    }),
  },
  label: ({ consumers }) => `scale to ${counted(consumers, "consumer")}`,
  run: (target, { consumers }) => {
    const groups = groupsOf(target);
    for (const group of groups) group.scale(Math.round(consumers));
    return `${counted(Math.round(consumers), "consumer")} in ${namesOf(groups)}`;
  },
});

const prefetch = defineAction({
  kind: "set-prefetch",
  key: "e",
  title: "Set prefetch",
  description: "How many unacknowledged messages each consumer of the group may hold.",
  accepts: ["queue", "consumer"],
  params: {
    prefetch: numberParam({
      unit: "count",
      levels: [1, 2, 5, 10, 20, 50, 100, 500, MAX_PREFETCH],
      default: 50,
      description: "unacknowledged messages per message in process, or per partition",
    }),
  },
  label: (params) => `set prefetch to ${params.prefetch}`,
  run: (target, params) => {
    const groups = groupsOf(target);
    for (const group of groups) group.settings.prefetch = Math.round(params.prefetch);
    target.queue.wake();
    return `prefetch of ${namesOf(groups)} set to ${Math.round(params.prefetch)}`;
  },
});

const ackMode = defineAction({
  kind: "set-ack-mode",
  key: "a",
  title: "Set ack mode",
  description: "When the consumers of the group acknowledge: before processing, after it, or never.",
  accepts: ["queue", "consumer"],
  params: {
    mode: choiceParam({
      choices: ACK_MODES,
      default: "early",
      description: "when messages are acknowledged",
    }),
  },
  label: ({ mode }) => `ack ${mode}`,
  run: (target, { mode }) => {
    const groups = groupsOf(target);
    for (const group of groups) group.settings.ack = mode as AckMode;
    return `ack mode of ${namesOf(groups)} set to ${mode}`;
  },
});

const SWITCH = ["on", "off"] as const;

const idempotency = defineAction({
  kind: "set-idempotency-guard",
  key: "i",
  title: "Set idempotency guard",
  description: "Whether a message that was processed before has a second side effect (off) or not (on).",
  accepts: ["queue", "consumer"],
  params: { guard: choiceParam({ choices: SWITCH, default: "off", description: "the idempotency guard" }) },
  label: ({ guard }) => `idempotency guard ${guard}`,
  run: (target, { guard }) => {
    const groups = groupsOf(target);
    for (const group of groups) group.settings.idempotent = guard === "on";
    return `idempotency guard of ${namesOf(groups)} ${guard}`;
  },
});

const deadLetter = defineAction({
  kind: "set-dead-letter",
  key: "t",
  title: "Set dead letters",
  description:
    "Whether failed messages are retried with backoff and then dead-lettered (on), or redelivered immediately (off).",
  accepts: ["queue", "partition"],
  params: {
    dead_letter: choiceParam({ choices: SWITCH, default: "off", description: "the dead-letter queue" }),
  },
  label: (params) => `dead letters ${params.dead_letter}`,
  run: ({ channels }, params) => {
    for (const channel of channels) channel.deadLetter = params.dead_letter === "on";
    return `dead letters ${params.dead_letter}`;
  },
});

const replay = defineAction({
  kind: "replay-dead-letters",
  key: "r",
  title: "Replay dead letters",
  description: "Publishes all dead letters again, with a full number of retries.",
  accepts: ["queue", "partition"],
  params: {},
  label: () => "replay dead letters",
  run: ({ name, channels }) => {
    const up = channels.filter(({ down }) => !down);
    if (up.length === 0) throw new RangeError(`The broker of ${name} is down.`);
    const count = up.reduce((sum, channel) => sum + channel.replay(), 0);
    if (count === 0) throw new RangeError(`${name} has no dead letters.`);
    return `replayed ${counted(count, "dead letter")}`;
  },
});

const rebalance = defineAction({
  kind: "rebalance",
  key: "m",
  title: "Rebalance",
  description: "Moves every partition of the topic to the next consumer; messages in flight are redelivered.",
  accepts: ["queue", "partition", "consumer"],
  params: {},
  label: () => "rebalance",
  run: ({ queue }) => {
    if (!queue.partitioned) throw new RangeError(`${queue.name} has no partitions.`);
    queue.reassign("the partitions were rebalanced", true);
    return `rebalanced ${counted(queue.parts.length, "partition")}`;
  },
});

const actions = [publish, scale, prefetch, ackMode, idempotency, deadLetter, replay, rebalance];

/** The actions of a task queue world, in the order of the menu. */
// biome-ignore lint/suspicious/noExplicitAny: actions have different parameters
export const actionKinds: readonly Action<any>[] = actions;

/** Executes an action. @throws RangeError with a one-sentence message if it is not possible */
export function runAction(kind: string, target: ActionTarget, params: Params): string {
  const action = actionKinds.find((each) => each.kind === kind);
  if (action === undefined) throw new RangeError(`A task queue has no action "${kind}".`);
  return action.run(target, params);
}
