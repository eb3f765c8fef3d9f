import type { Labels, RequestRecorder } from "../core/observation.ts";
import type { Random } from "../core/random.ts";
import type { Endpoint } from "./endpoints.ts";
import type { SimContext, SimService } from "./types.ts";

/** Where a request goes: to one endpoint at one instance of a service. */
export interface Route {
  /** Where it is told; the same for all requests that come this way. */
  readonly recorder: RequestRecorder;
  /** How many times the service's base latency its own work takes. */
  readonly latencyFactor: number;
  /** Share of its requests that fail on top of the service's own, 0..1. */
  readonly errorRate: number;
}

/** Chooses the route of the next request; makes no garbage. */
export type Routing = () => Route;

/**
 * Spreads the requests of one service: over its endpoints by their shares, over its instances evenly. Every
 * route is made here, with its labels, so that a request only picks one. A service that has neither draws no
 * number at all, and nothing else in it depends on those drawn here: they come from a stream of their own.
 */
export function createRouting(
  { service, options, recorder }: SimService,
  random: SimContext["random"],
): Routing {
  const { endpoints, instances } = options;
  if (endpoints.length === 0 && instances === 1) {
    const only: Route = { recorder, latencyFactor: 1, errorRate: 0 };
    return () => only;
  }
  const stream = random(`${service}/endpoints`);
  const routes = (endpoint: Endpoint | undefined): Route[] =>
    Array.from({ length: instances }, (_, index) => ({
      recorder: recorder.labelled({
        ...(endpoint && { endpoint: endpoint.name }),
        ...(instances > 1 && { instance: `${service}-${index + 1}` }),
      } satisfies Labels),
      latencyFactor: endpoint?.latency ?? 1,
      errorRate: endpoint?.error_rate ?? 0,
    }));
  const byEndpoint = endpoints.length === 0 ? [routes(undefined)] : endpoints.map(routes);
  const pick = weighted(endpoints.map(({ share }) => share));
  return () => {
    const ofEndpoint = byEndpoint[pick(stream)]!;
    return ofEndpoint[instances === 1 ? 0 : Math.floor(stream.next() * instances)]!;
  };
}

/** Draws an index as often as its weight says; with fewer than two weights it is 0, and nothing is drawn. */
function weighted(weights: readonly number[]): (random: Random) => number {
  if (weights.length < 2) return () => 0;
  let sum = 0;
  const upTo = Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
  return (random) => {
    const drawn = random.next() * sum;
    let index = 0;
    // Rounding must not lead past the last one.
    while (index < upTo.length - 1 && drawn >= upTo[index]!) index += 1;
    return index;
  };
}
