import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { VIRTUAL_EPOCH_MS } from "../../../src/core/virtual-clock.ts";
import { mean, startSimulation } from "./harness.ts";

/** Times are in units of the mean service time, which is long, so that the minimum of 1 ms does not matter. */
const SERVICE_MS = 10_000;

/** A distribution of service times with mean 1, and its second moment. */
interface Distribution {
  readonly draw: (random: Random) => number;
  readonly secondMoment: number;
}
/** Its logarithm is normal with this standard deviation. */
const SPREAD = 0.6;
const DISTRIBUTIONS = {
  exponential: { draw: (random) => random.exponential(1), secondMoment: 2 },
  lognormal: {
    draw: (random) => Math.exp(random.normal(-(SPREAD ** 2) / 2, SPREAD)),
    secondMoment: Math.exp(SPREAD ** 2),
  },
  constant: { draw: () => 1, secondMoment: 1 },
} satisfies Record<string, Distribution>;

/** The exact waits of a first-in, first-out queue with `c` workers (Kiefer and Wolfowitz, 1955). */
function exactWaits(arrivals: readonly number[], services: readonly number[], c: number): number[] {
  const freeAt = new Array<number>(c).fill(Number.NEGATIVE_INFINITY);
  return arrivals.map((at, index) => {
    let worker = 0;
    for (let each = 1; each < c; each += 1) if (freeAt[each]! < freeAt[worker]!) worker = each;
    const start = Math.max(at, freeAt[worker]!);
    freeAt[worker] = start + services[index]!;
    return start - at;
  });
}

/** An independent simulation with Poisson arrivals. */
function reference({ draw }: Distribution, c: number, load: number, count: number): number[] {
  const random = createRandom(99, `reference/${c}/${load}`);
  let at = 0;
  const arrivals = Array.from({ length: count }, () => {
    at += random.exponential(1 / (load * c));
    return at;
  });
  return exactWaits(
    arrivals,
    arrivals.map(() => draw(random)),
    c,
  );
}

/**
 * Runs a service with `c` workers and keeps the random numbers that it drew: the gaps between its arrivals, and
 * the service times in the order in which requests start.
 */
function simulate(distribution: Distribution, c: number, load: number, count: number, seed = 1) {
  const gaps: number[] = [];
  const services: number[] = [];
  const random = createRandom(seed, `${c}/${load}`);
  const sim = startSimulation(
    {
      a: {
        model: "longtail",
        base_latency: SERVICE_MS,
        deviation: SPREAD,
        rate: (load * c * 1000) / SERVICE_MS,
        workers: c,
        backlog: 1_000_000,
        interval: 60_000,
        spikes: { factor: 1 },
      },
    },
    {
      wrapRandom: (_name, own) => ({
        ...own,
        exponential(gapMs) {
          gaps.push(own.exponential(gapMs) / SERVICE_MS);
          return gaps.at(-1)! * SERVICE_MS;
        },
        normal(base, deviation) {
          // The service multiplies its base latency with e to the power of this.
          if (deviation !== SPREAD) return own.normal(base, deviation);
          services.push(distribution.draw(random));
          return Math.log(services.at(-1)!);
        },
      }),
    },
  );
  sim.run((count / (load * c)) * SERVICE_MS);
  const { heartbeats, requests } = sim.seen("a");
  let at = (heartbeats[0]! - VIRTUAL_EPOCH_MS) / SERVICE_MS;
  const arrivals = gaps.map((gap) => {
    at += gap;
    return at;
  });
  const waits = exactWaits(arrivals.slice(0, services.length), services, c);
  return { arrivals, services, waits, requests };
}

/** Probability of waiting in M/M/c (Erlang C). */
function erlangC(c: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < c; k += 1) {
    term *= (load * c) / k;
    sum += term;
  }
  const all = (term * load * c) / c / (1 - load);
  return all / (sum + all);
}

describe("requests wait exactly as in a first-in, first-out queue", () => {
  for (const [name, distribution] of Object.entries(DISTRIBUTIONS)) {
    for (const c of [1, 2, 5, 17]) {
      it(`with ${c} workers and ${name} service times, request by request`, () => {
        const { arrivals, services, waits, requests } = simulate(distribution, c, 0.9, 3_000);
        const expected = waits
          .map((wait, index) => ({ wait, end: arrivals[index]! + wait + services[index]!, index }))
          .sort((a, b) => a.end - b.end)
          .slice(0, requests.length);
        expect(requests.length).toBeGreaterThan(2_000);
        for (const [nth, { wait, end, index }] of expected.entries()) {
          const { at, latencyMs } = requests[nth]!;
          expect((at - VIRTUAL_EPOCH_MS) / SERVICE_MS).toBeCloseTo(end, 5);
          expect(latencyMs / SERVICE_MS).toBeCloseTo(wait + services[index]!, 5);
        }
      });
    }
  }
});

const LOADS = [0.3, 0.6, 0.9];
const WORKERS = [1, 4];
/** Requests per case. With more, the simulation itself is compared with theory too, not only its reference. */
const DIRECT = Number(process.env.QUEUE_REQUESTS ?? 0);
const COUNT = 1_000_000;

/** The mean and the 95th percentile of the wait, in mean service times. */
interface Waits {
  readonly mean: number;
  readonly p95: number;
}

function waitsOf(waits: readonly number[]): Waits {
  return { mean: mean(waits), p95: quantileOf(waits, 0.95) };
}

function quantileOf(values: readonly number[], share: number): number {
  return Float64Array.from(values).sort()[Math.ceil(values.length * share) - 1]!;
}

/** M/M/c: those who wait do so for an exponential time. */
function markovian(c: number, load: number): Waits {
  const waiting = erlangC(c, load);
  const spare = c * (1 - load);
  return { mean: waiting / spare, p95: Math.max(0, Math.log(waiting / 0.05) / spare) };
}

function expectAgreement(what: string, found: Waits, expected: Waits): void {
  if (DIRECT > 0) {
    const error = (key: keyof Waits) => `${key} ${((found[key] / expected[key] - 1) * 100).toFixed(2)} %`;
    process.stderr.write(`${what}: ${error("mean")}, ${error("p95")}\n`);
  }
  expect(Math.abs(found.mean - expected.mean)).toBeLessThan(0.05 * expected.mean);
  expect(Math.abs(found.p95 - expected.p95)).toBeLessThanOrEqual(0.05 * expected.p95);
}

describe("the reference agrees with theory within 5 %", () => {
  for (const load of LOADS) {
    it(`M/M/c at load ${load}: Erlang C`, () => {
      for (const c of WORKERS) {
        const found = waitsOf(reference(DISTRIBUTIONS.exponential, c, load, COUNT));
        expectAgreement(`reference M/M/${c} ${load}`, found, markovian(c, load));
      }
    });

    it(`M/G/1 at load ${load}: Pollaczek and Khinchine`, () => {
      for (const distribution of [DISTRIBUTIONS.lognormal, DISTRIBUTIONS.constant]) {
        const expected = (load * distribution.secondMoment) / (2 * (1 - load));
        const found = mean(reference(distribution, 1, load, COUNT));
        expect(Math.abs(found - expected)).toBeLessThan(0.05 * expected);
      }
    });
  }
});

describe.runIf(DIRECT > 0)(
  "the simulation agrees with theory and an independent simulation within 5 %",
  () => {
    for (const [name, distribution] of Object.entries(DISTRIBUTIONS)) {
      for (const c of WORKERS) {
        for (const load of LOADS) {
          it(`${name} service times, ${c} workers, load ${load}`, () => {
            const found = waitsOf(simulate(distribution, c, load, DIRECT).waits);
            const expected =
              name === "exponential"
                ? markovian(c, load)
                : waitsOf(reference(distribution, c, load, 4 * DIRECT));
            expectAgreement(`${name} ${c} ${load}`, found, expected);
          }, 600_000);
        }
      }
    }
  },
);
