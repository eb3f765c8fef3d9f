import { Group } from "./group.ts";
import type { SimulatedService } from "./simulated-service.ts";

/** Divides services into groups that are not connected by calls, each in the order of `services`. */
function groupsOf(services: readonly SimulatedService[]): SimulatedService[][] {
  const leader = new Map<SimulatedService, SimulatedService>();
  const leaderOf = (service: SimulatedService): SimulatedService => {
    let found = service;
    for (let next = leader.get(found); next !== undefined; next = leader.get(found)) found = next;
    // Shortens the way for the next question.
    for (let each = service; each !== found; ) {
      const next = leader.get(each)!;
      leader.set(each, found);
      each = next;
    }
    return found;
  };
  for (const service of services) {
    for (const { callee } of service.calls) {
      const [a, b] = [leaderOf(service), leaderOf(callee)];
      if (a !== b) leader.set(a, b);
    }
  }
  const groups = new Map<SimulatedService, SimulatedService[]>();
  for (const service of services) {
    const first = leaderOf(service);
    const group = groups.get(first);
    if (group) group.push(service);
    else groups.set(first, [service]);
  }
  return [...groups.values()];
}

/** Puts services into new groups. @param timeOf until when a service is simulated; undefined: it is new */
export function regroup(
  services: readonly SimulatedService[],
  timeOf: (service: SimulatedService) => number | undefined,
): void {
  for (const members of groupsOf(services)) {
    let latest = Number.NEGATIVE_INFINITY;
    for (const service of members) latest = Math.max(latest, timeOf(service) ?? latest);
    const group = new Group(members, latest);
    for (const service of members) service.group = group;
  }
}
