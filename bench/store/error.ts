import { latencies, nearestRank, seconds } from "../latencies.ts";
import { middle } from "../measure.ts";
import { CONTENDERS } from "./contenders/index.ts";
import type { Contender } from "./contenders/types.ts";
import { PER_SECOND, type Plan, SAMPLE } from "./plan.ts";
import type { Table } from "./table.ts";

const PERCENTS = [50, 99, 99.9];

interface Sample {
  readonly name: string;
  readonly values: Float64Array;
}

function samples(): Sample[] {
  const many = ["lognormal", "bimodal", "Pareto 1.1", "constant"].map((shape) => ({
    name: shape,
    values: latencies(shape, SAMPLE),
  }));
  const tiny = [3, 10].map((count) => ({ name: `${count} values`, values: latencies("lognormal", count) }));
  return [...many, ...tiny];
}

/** Relative errors at PERCENTS, %. */
async function errorsOf(contender: Contender, { values }: Sample): Promise<number[]> {
  const { series, endSecond } = contender.create(1);
  const second = seconds(values, PER_SECOND);
  for (const [nth, each] of second.entries()) {
    series[0]!.recordAll(each);
    if (nth < second.length - 1) endSecond?.();
  }
  const answers = await series[0]!.percentiles(PERCENTS);
  const sorted = values.slice().sort();
  return PERCENTS.map((percent, nth) => {
    const exact = nearestRank(sorted, percent);
    return (100 * Math.abs(answers[nth]! - exact)) / exact;
  });
}

/** Medians of several fillings: prom-client's t-digest draws random numbers, all others give the same each time. */
async function usualErrors(contender: Contender, sample: Sample, { runs }: Plan): Promise<number[]> {
  const all: number[][] = [];
  for (let run = 0; run < runs; run++) all.push(await errorsOf(contender, sample));
  return PERCENTS.map((_, nth) => middle(all.map((errors) => errors[nth]!)));
}

/** How far the percentiles of each contender are from the exact ones. */
export async function benchError(plan: Plan): Promise<Table[]> {
  const all = samples();
  const rows: string[][] = [];
  for (const contender of CONTENDERS) {
    const errors: number[][] = [];
    for (const sample of all) errors.push(await usualErrors(contender, sample, plan));
    const worst = Math.max(...errors.flat());
    const cells = errors.map((three) => three.map((error) => error.toFixed(2)).join(" / "));
    rows.push([contender.name, ...cells, worst.toFixed(2)]);
  }
  return [
    {
      title: `relative error at p50 / p99 / p99.9, % (${SAMPLE.toLocaleString("en")} latencies against the sorted array, nearest rank)`,
      rows: [["", ...all.map(({ name }) => name), "worst"], ...rows],
      notes: [
        "of few values: a library that means another rank (DDSketch: the lower neighbour) is far from the nearest one without being wrong",
        `prom-client: medians of ${plan.runs} fillings, since its t-digest draws random numbers; the others are the same each time`,
      ],
    },
  ];
}
