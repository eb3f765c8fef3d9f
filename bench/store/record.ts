import { latencies } from "../latencies.ts";
import { elapsed, interleaved, keep } from "../measure.ts";
import type { Plan } from "./plan.ts";
import { mixedOrder, START, storeWith } from "./services.ts";
import { short, type Table, whole } from "./table.ts";

const SIZES = [1, 10, 1000, 10_000];

function reading(input: Float64Array): () => number {
  return () =>
    elapsed(() => {
      let sum = 0;
      for (let n = 0; n < input.length; n++) sum += input[n]!;
      keep(sum);
    });
}

/** Each run records into the next second of the same services. */
function recording(services: number, input: Float64Array): () => number {
  const { store, handles } = storeWith(services);
  const order = mixedOrder(services, input.length);
  let at = START;
  return () => {
    at += 1000;
    store.advance(at);
    return elapsed(() => {
      for (let n = 0; n < input.length; n++) handles[order[n]!]!.record(at, input[n]!);
    });
  };
}

/** What one value costs to record, by the number of services that take turns. */
export function benchRecord(plan: Plan): Table[] {
  const input = latencies("lognormal", plan.latencies);
  const measures = [reading(input), ...SIZES.map((services) => recording(services, input))];
  const [read = 0, ...recorded] = interleaved(plan.runs, measures).map((ms) => (ms * 1e6) / input.length);
  return [
    {
      title: `record one value (${whole(input.length)} a run, lognormal, services in mixed order)`,
      rows: [
        ["services", "ns", "x reading"],
        ["reference: reading the input", short(read), "1.00"],
        ...recorded.map((ns, nth) => [whole(SIZES[nth]!), short(ns), short(ns / read)]),
      ],
    },
  ];
}
