/** Who calls whom, as far as the sources know. */
export interface CallGraph {
  callsOf(service: string): readonly string[];
  callersOf(service: string): readonly string[];
  /** Everybody who feels it when `service` is in trouble: its callers, their callers, and so on. */
  upstreamOf(service: string): ReadonlySet<string>;
}

const NONE: readonly string[] = [];

/** @param calls each service with the services it calls */
export function createCallGraph(calls: ReadonlyMap<string, readonly string[]>): CallGraph {
  const callers = new Map<string, string[]>();
  for (const [caller, callees] of calls) {
    for (const callee of callees) callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  }
  const callersOf = (service: string) => callers.get(service) ?? NONE;
  return {
    callsOf: (service) => calls.get(service) ?? NONE,
    callersOf,
    upstreamOf(service) {
      const seen = new Set<string>();
      const open = [...callersOf(service)];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (next === service || seen.has(next)) continue;
        seen.add(next);
        open.push(...callersOf(next));
      }
      return seen;
    },
  };
}
