import { type DraftEntity, linkPath } from "./draft.ts";
import { pathText } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** An entity on the current path and the index of its next link. */
interface Step {
  readonly entity: DraftEntity;
  next: number;
}

/**
 * Finds call cycles, which would make requests endless. Reports each call that closes a cycle, by
 * depth-first search (without recursion, because a chain can be thousands long).
 */
export function* cycleProblems(file: YamlFile, entities: readonly DraftEntity[]): Generator<ConfigProblem> {
  // Of two entities with the same name the first counts; the second is reported elsewhere.
  const byName = new Map(entities.toReversed().map((entity) => [entity.name, entity]));
  const finished = new Set<string>();

  for (const start of entities) {
    if (finished.has(start.name)) continue;
    const steps: Step[] = [{ entity: start, next: 0 }];
    const depths = new Map([[start.name, 0]]);
    while (steps.length > 0) {
      const step = steps[steps.length - 1]!;
      const index = step.next++;
      const link = step.entity.links[index];
      if (link === undefined) {
        finished.add(step.entity.name);
        depths.delete(step.entity.name);
        steps.pop();
        continue;
      }
      if (link.type !== "calls") continue;
      const begin = depths.get(link.to);
      const called = byName.get(link.to);
      if (begin !== undefined) {
        const cycle = [...steps.slice(begin).map(({ entity }) => entity.name), link.to];
        const path = linkPath(file.value, step.entity, index);
        yield file.problemAt(path, `${pathText(path)} ${cycleMessage(cycle)}`);
      } else if (called !== undefined && !finished.has(link.to)) {
        depths.set(link.to, steps.length);
        steps.push({ entity: called, next: 0 });
      }
    }
  }
}

function cycleMessage(cycle: readonly string[]): string {
  if (cycle.length === 2) return "must not be the service itself; remove this call";
  return `closes a cycle: ${cycle.join(" calls ")}; remove one of these calls`;
}
