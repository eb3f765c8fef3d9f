import { formatCount } from "../../core/text.ts";
import type { EntityDeclaration } from "../types.ts";
import { usualRates } from "./demand.ts";
import { weightedMean } from "./endpoints.ts";
import type { SimOptions } from "./options.ts";

/** Requests that one request from outside may cause on average, itself included. */
const MAX_REQUESTS = 1000;
/** Requests that one step of a service may simulate on average: about a tenth of a second of computing. */
const MAX_PER_STEP = 200_000;
/** Requests that all services together may simulate in a second: one takes about 300 ns, without recording it. */
const MAX_PER_SECOND = 1_000_000;
/** Requests of one service that may wait for their end at the same time. */
const MAX_WAITING = 1_000_000;
/** Endpoints times instances, over all services: each has metrics of its own. */
const MAX_ROUTES = 100_000;

type Service = Pick<EntityDeclaration<SimOptions>, "name" | "options">;

/** A problem of one service. */
export interface WorkProblem {
  /** Of the service. */
  readonly index: number;
  /** Inside its options. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * What the simulation of services would cost beyond reason. Calls multiply along every path, so a short config can
 * ask for billions of requests. Of each kind of problem only the worst service is named.
 */
export function workProblems(services: readonly Service[]): WorkProblem[] {
  const requests = expectedRequests(services);
  const rates = usualRates(services as readonly EntityDeclaration<SimOptions>[]);
  const perRequest = (service: Service) => requests.get(service.name) ?? 1;
  const checks = [
    {
      costOf: perRequest,
      most: MAX_REQUESTS,
      path: ["calls"],
      sentence: (name: string, count: string) =>
        `one request to ${name} causes ${count} requests on average, with all that is called in turn`,
      advice: "lower probability or retries, or remove calls",
    },
    {
      costOf: (service: Service) =>
        (perRequest(service) * service.options.rate * service.options.interval) / 1000,
      most: MAX_PER_STEP,
      path: ["interval"],
      sentence: (name: string, count: string) =>
        `one step of ${name} simulates ${count} requests on average, with all that is called in turn`,
      advice: "lower interval or rate",
    },
    {
      costOf: ({ name, options }: Service) => ((rates.get(name) ?? 0) * longestMs(options)) / 1000,
      most: MAX_WAITING,
      path: ["base_latency"],
      sentence: (name: string, count: string) => `up to ${count} requests of ${name} wait at the same time`,
      advice: "lower base_latency, rate, or the timeout of its calls",
    },
  ];
  const worst = checks.flatMap(({ costOf, most, path, sentence, advice }) => {
    const { index, cost } = worstOf(services, costOf);
    if (!(cost > most)) return [];
    const name = services[index]!.name;
    const message = `${sentence(name, countText(cost))} (at most ${formatCount(most)}); ${advice}`;
    return [{ index, path, message }];
  });
  // Too many requests of one request make the other figures large, too.
  const first = worst.findIndex(({ path }) => path[0] === "calls");
  const own = first < 0 ? [...worst, ...totalProblems(services, rates)] : [worst[first]!];
  return [...own, ...routeProblems(services)];
}

/** The work of all services together; named is the one with the most requests. */
function totalProblems(
  services: readonly Service[],
  rates: ReadonlyMap<string, number>,
): readonly WorkProblem[] {
  const rateOf = ({ name }: Service) => rates.get(name) ?? 0;
  const total = services.reduce((sum, service) => sum + rateOf(service), 0);
  if (total <= MAX_PER_SECOND) return [];
  const { index } = worstOf(services, rateOf);
  const message = `all services together simulate ${countText(total)} requests a second (at most ${formatCount(MAX_PER_SECOND)}); lower the rate of ${services[index]!.name} first`;
  return [{ index, path: ["rate"], message }];
}

function routeProblems(services: readonly Service[]): WorkProblem[] {
  const routesOf = ({ options }: Service) => options.instances * Math.max(1, options.endpoints.length);
  const total = services.reduce((sum, service) => sum + routesOf(service), 0);
  if (total <= MAX_ROUTES) return [];
  const { index } = worstOf(services, routesOf);
  const message = `the instances and endpoints of all services make ${countText(total)} pairs (at most ${formatCount(MAX_ROUTES)}); lower those of ${services[index]!.name} first`;
  return [{ index, path: ["instances"], message }];
}

function worstOf(services: readonly Service[], costOf: (service: Service) => number) {
  let worst = { index: -1, cost: 0 };
  for (const [index, service] of services.entries()) {
    const cost = costOf(service);
    if (cost > worst.cost) worst = { index, cost };
  }
  return worst;
}

function countText(count: number): string {
  return count > 1e9 ? "more than 1,000,000,000" : formatCount(count);
}

/** How long a request can take, ms: its own work, then the slowest of its calls with all attempts. */
function longestMs({ base_latency, endpoints, calls }: SimOptions): number {
  const waits = calls.map(({ timeout, retries }) => timeout * (1 + retries));
  return (
    base_latency * weightedMean(endpoints, (factor) => factor) +
    waits.reduce((most, wait) => Math.max(most, wait), 0)
  );
}

/**
 * The mean number of requests that a request to each service causes, by name, itself included:
 * 1 + sum over its calls of probability x attempts x that of the called service. An attempt follows a failed one.
 * Computed once for each service, from the ends of the chains; calls that close a cycle are left out.
 */
function expectedRequests(services: readonly Service[]): ReadonlyMap<string, number> {
  const byName = new Map(services.map(({ name, options }) => [name, options]));
  const known = new Map<string, { readonly requests: number; readonly failing: number }>();
  const open = new Set<string>();

  const evaluate = (name: string, { error_rate, failures, calls }: SimOptions) => {
    // The worst phase.
    const own = 1 - (1 - error_rate) * (1 - (failures?.error_rate ?? 0));
    let requests = 1;
    let succeeding = 1 - own;
    for (const { service, probability, retries } of calls) {
      const called = known.get(service);
      if (called === undefined) continue;
      let attempts = 0;
      for (let attempt = 0; attempt <= retries; attempt += 1) attempts += called.failing ** attempt;
      requests += (1 - own) * probability * attempts * called.requests;
      succeeding *= 1 - probability * called.failing ** (retries + 1);
    }
    known.set(name, { requests, failing: 1 - succeeding });
  };

  // Without recursion, because a chain can be thousands long.
  for (const { name: start } of services) {
    const path = [{ name: start, next: 0 }];
    while (path.length > 0) {
      const step = path.at(-1)!;
      const options = byName.get(step.name)!;
      const call = known.has(step.name) ? undefined : options.calls[step.next++];
      if (call === undefined) {
        if (!known.has(step.name)) evaluate(step.name, options);
        open.delete(step.name);
        path.pop();
      } else if (byName.has(call.service) && !known.has(call.service) && !open.has(call.service)) {
        open.add(call.service);
        path.push({ name: call.service, next: 0 });
      }
    }
  }
  return new Map([...known].map(([name, { requests }]) => [name, requests]));
}
