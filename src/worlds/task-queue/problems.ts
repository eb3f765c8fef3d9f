import { partitionName } from "./entities.ts";
import { MAX_CONSUMERS, type Options } from "./options.ts";

export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Problems between valid options: unknown queues, duplicate names, limits. */
export function problemsOf(options: Options): Problem[] {
  return [...nameProblems(options), ...producerProblems(options), ...consumerProblems(options)];
}

function unknownQueue(options: Options, name: string): string | undefined {
  const names = [...options.queues, ...options.topics].map((each) => each.name);
  if (names.includes(name)) return undefined;
  if (names.length === 0) return `there is no queue or topic called "${name}"; this world has none`;
  return `unknown queue or topic "${name}"; choose one of ${names.join(", ")}`;
}

function nameProblems(options: Options): Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, string>();
  const take = (path: readonly PropertyKey[], names: readonly string[], owner: string) => {
    for (const name of names) {
      const other = taken.get(name);
      if (other === undefined) taken.set(name, owner);
      else if (other !== owner) {
        problems.push({ path: [...path, "name"], message: `the name "${name}" is already used by ${other}` });
        return;
      }
    }
  };
  options.queues.forEach((queue, i) => {
    take(["queues", i], [queue.name], `queue ${i + 1}`);
  });
  options.topics.forEach((topic, i) => {
    const partitions = Array.from({ length: topic.partitions }, (_, index) =>
      partitionName(topic.name, index),
    );
    take(["topics", i], [topic.name, ...partitions], `topic ${i + 1}`);
  });
  options.producers.forEach((producer, i) => {
    take(["producers", i], [producer.name], `producer ${i + 1}`);
  });
  options.consumers.forEach((group, i) => {
    // All possible names of the group, which can be scaled.
    const names = Array.from({ length: MAX_CONSUMERS }, (_, index) => `${group.name}-${index + 1}`);
    take(["consumers", i], names, `consumer group ${i + 1}`);
  });
  return problems;
}

function producerProblems(options: Options): Problem[] {
  return options.producers.flatMap(({ to, priority }, i) => {
    const unknown = unknownQueue(options, to);
    if (unknown !== undefined) return [{ path: ["producers", i, "to"], message: unknown }];
    const priorities = options.queues.find(({ name }) => name === to)?.priorities ?? 1;
    if (priority === undefined || priority < priorities) return [];
    const message = `must be below ${priorities}, the number of priorities of ${to}`;
    return [{ path: ["producers", i, "priority"], message }];
  });
}

function consumerProblems(options: Options): Problem[] {
  const consumed = new Map<string, string>();
  return options.consumers.flatMap(({ name, from, count, autoscale }, i) => {
    const problems: Problem[] = [];
    const path = ["consumers", i];
    const unknown = unknownQueue(options, from);
    if (unknown !== undefined) problems.push({ path: [...path, "from"], message: unknown });
    const other = consumed.get(from);
    if (other !== undefined && options.topics.some((topic) => topic.name === from)) {
      const message = `the topic ${from} is already consumed by ${other}; a topic has at most one group`;
      problems.push({ path: [...path, "from"], message });
    }
    consumed.set(from, name);
    if (autoscale === undefined) return problems;
    if (autoscale.min > autoscale.max) {
      problems.push({
        path: [...path, "autoscale", "min"],
        message: `must be at most max, ${autoscale.max}`,
      });
    } else if (count < autoscale.min || count > autoscale.max) {
      const message = `must be from ${autoscale.min} to ${autoscale.max}, the limits of autoscale`;
      problems.push({ path: [...path, "count"], message });
    }
    return problems;
  });
}
