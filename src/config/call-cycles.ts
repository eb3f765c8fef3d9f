import type { DraftService } from "./draft.ts";
import { callPath } from "./reference-problems.ts";
import { pathText } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A service on the way down, and the next of its calls to follow. */
interface Step {
  readonly service: DraftService;
  next: number;
}

/**
 * Calls that come back to where they began: such a request would never end. One problem for each call that
 * closes a circle, found by a depth-first walk (without recursion: a chain may be thousands long).
 */
export function cycleProblems(file: YamlFile, services: readonly DraftService[]): ConfigProblem[] {
  // Of two services with one name the first counts; the second is reported elsewhere.
  const byName = new Map(services.toReversed().map((service) => [service.name, service]));
  const finished = new Set<string>();
  const problems: ConfigProblem[] = [];

  for (const start of services) {
    if (finished.has(start.name)) continue;
    const way: Step[] = [{ service: start, next: 0 }];
    const onTheWay = new Map([[start.name, 0]]);
    while (way.length > 0) {
      const step = way[way.length - 1]!;
      const call = step.next++;
      const name = step.service.calls[call];
      if (name === undefined) {
        finished.add(step.service.name);
        onTheWay.delete(step.service.name);
        way.pop();
        continue;
      }
      const begin = onTheWay.get(name);
      const called = byName.get(name);
      if (begin !== undefined) {
        const circle = [...way.slice(begin).map(({ service }) => service.name), name];
        const path = callPath(step.service.index, call);
        problems.push(file.problemAt(path, circleSentence(path, circle)));
      } else if (called !== undefined && !finished.has(name)) {
        onTheWay.set(name, way.length);
        way.push({ service: called, next: 0 });
      }
    }
  }
  return problems;
}

function circleSentence(path: readonly PropertyKey[], circle: readonly string[]): string {
  if (circle.length === 2) return `${pathText(path)} must not be the service itself; remove this call`;
  return `${pathText(path)} closes a circle: ${circle.join(" calls ")}; remove one of these calls`;
}
