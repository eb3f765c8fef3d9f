/** One step of a test series: a value, no sample at all (`_`), or the end of the series (`stale`). */
export type Sample = number | "_" | "stale";

/** What cannot be read, and where it begins in the text. */
export interface NotationProblem {
  readonly offset: number;
  /** The end of a sentence that begins with the name of the text. */
  readonly message: string;
}

/** So many steps of one series; a day at one second. */
export const MOST_SAMPLES = 86_400;

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
/** `5`, `5x3`, `5+10x3`, `5-10x3` */
const RUN = new RegExp(`^(${NUMBER})(?:([+-]${NUMBER.slice(5)})?x(\\d+))?$`);
const MISSING = /^_(?:x(\d+))?$/;
const EXAMPLES = 'such as "1 2 3", "0+10x20", "5x3", "_x4" or "stale"';

/**
 * Reads the compact notation of Prometheus's unit tests, words separated by spaces:
 * - `3` a value, `_` no sample (the last one counts), `_x4` four times no sample, `stale` the series ends
 * - `5x3` 5 and then 5 three times more, `0+10x20` 0 and then 20 values that each are 10 higher, `9-1x3` 9 8 7 6
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 */
export function parseSamples(text: string): readonly Sample[] | NotationProblem {
  const samples: Sample[] = [];
  for (const { 0: word, index: offset } of text.matchAll(/\S+/g)) {
    const run = runOf(word);
    if (run === undefined) return { offset, message: problemOf(word) };
    // Checked before anything is created: a short text can stand for billions of values.
    if (samples.length + run.count > MOST_SAMPLES)
      return { offset, message: `has more than ${MOST_SAMPLES.toLocaleString("en")} samples; write fewer` };
    for (let nth = 0; nth < run.count; nth++) {
      samples.push(typeof run.first === "number" ? run.first + nth * run.step : run.first);
    }
  }
  return samples.length > 0 ? samples : { offset: 0, message: `has no samples; write some, ${EXAMPLES}` };
}

export function isNotationProblem(parsed: readonly Sample[] | NotationProblem): parsed is NotationProblem {
  return "offset" in parsed;
}

/** Equal steps from a first sample on. */
interface SampleRun {
  readonly first: Sample;
  readonly step: number;
  readonly count: number;
}

function runOf(word: string): SampleRun | undefined {
  if (word === "stale") return { first: "stale", step: 0, count: 1 };
  const missing = MISSING.exec(word);
  if (missing !== null) return { first: "_", step: 0, count: Number(missing[1] ?? 1) };
  const run = RUN.exec(word);
  if (run === null) return undefined;
  const [, first, step = "0", times = "0"] = run;
  const numbers = { first: Number(first), step: Number(step), count: 1 + Number(times) };
  return Number.isFinite(numbers.first) && Number.isFinite(numbers.step) ? numbers : undefined;
}

function problemOf(word: string): string {
  const shown = word.length > 40 ? `${word.slice(0, 40)}...` : word;
  if (word === "-") return 'has "-", which is no sample; write _ where a sample is missing';
  return `has "${shown}", which is no sample; write values, ${EXAMPLES}`;
}
