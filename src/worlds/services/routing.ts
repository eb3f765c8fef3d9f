import type { Labels } from "../../core/metric.ts";
import type { Random } from "../../core/random.ts";
import type { RequestRecorder, ServiceRecorder } from "../../kinds/service-recorder.ts";
import type { OriginContext } from "../types.ts";
import type { Endpoint } from "./endpoints.ts";
import type { SimOptions } from "./options.ts";

/** One endpoint at one instance of a service. */
export interface Route {
  /** Records the requests of this route. */
  readonly recorder: RequestRecorder;
  /** Service time as a multiple of base_latency. */
  readonly latencyFactor: number;
  /** Share of its requests that fail in addition to the error rate of the service, 0..1. */
  readonly errorRate: number;
}

/** Draws the route of the next request; does not allocate. */
export type Routing = () => Route;

/**
 * Spreads the requests of one service over its endpoints by their shares, and evenly over its instances. All
 * routes and their labels are created in advance, so that a request only selects one. Uses a separate random
 * stream, so that other random numbers are not affected; a service with one route draws none.
 */
export function createRouting(
  name: string,
  { endpoints, instances }: SimOptions,
  recorder: ServiceRecorder,
  random: OriginContext["random"],
): Routing {
  if (endpoints.length === 0 && instances === 1) {
    const only: Route = { recorder, latencyFactor: 1, errorRate: 0 };
    return () => only;
  }
  const stream = random(`${name}/endpoints`);
  const routes = (endpoint: Endpoint | undefined): Route[] =>
    Array.from({ length: instances }, (_, index) => ({
      recorder: recorder.labelled({
        ...(endpoint && { endpoint: endpoint.name }),
        ...(instances > 1 && { instance: `${name}-${index + 1}` }),
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

/** Draws an index in proportion to its weight; with fewer than two weights returns 0 without drawing. */
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
    // Rounding must not exceed the last index.
    while (index < upTo.length - 1 && drawn >= upTo[index]!) index += 1;
    return index;
  };
}
