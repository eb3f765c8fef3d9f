import type { Labels, RequestRecorder } from "../core/observation.ts";
import type { Ledger } from "./ledger.ts";
import type { OpenSlab } from "./recording/open-slab.ts";
import { OpenSlot } from "./recording/open-slot.ts";
import type { Series } from "./series.ts";
import type { LabelSet } from "./types.ts";

/** A service may have so many label sets, and all services together so many. */
export const LABEL_SETS_PER_SERVICE = 200;
export const LABEL_SETS = 2000;
/** Of the label sets that found no room, so many are remembered by name. */
const EXAMPLES = 5;

/** What is known of the label sets of all services. */
export class LabelCensus {
  sets = 0;
  /** Requests that were counted for their service alone, because there was no room for their labels. */
  dropped = 0;
  /** Some of those labels. */
  readonly examples: string[] = [];
}

/** The recorder of the service itself. */
interface Whole extends RequestRecorder {
  /** @returns whether the request was taken; see Recorder.request. */
  request(at: number, latencyMs: number, ok: boolean, error?: string): boolean;
}

/** Takes the requests of one label set, for its service as well. */
export class LabelledRecorder extends OpenSlot implements RequestRecorder {
  private readonly service: Whole;

  constructor(slab: OpenSlab, ledger: Ledger, service: Whole) {
    super(slab, ledger);
    this.service = service;
  }

  request(at: number, latencyMs: number, ok: boolean, error?: string): void {
    if (this.service.request(at, latencyMs, ok, error)) this.addRequest(latencyMs, ok);
  }
}

/** The label sets of one service. */
export class LabelSets {
  private readonly service: string;
  private readonly census: LabelCensus;
  private readonly open: (key: string) => Series<LabelledRecorder>;
  private readonly series = new Map<string, Series<LabelledRecorder>>();
  private listed: readonly LabelSet[] = [];

  /** @param open makes the series of a set that has found room */
  constructor(service: string, census: LabelCensus, open: (key: string) => Series<LabelledRecorder>) {
    this.service = service;
    this.census = census;
    this.open = open;
  }

  /** See History.labelSets. Never changes after it was given out. */
  get list(): readonly LabelSet[] {
    return this.listed;
  }

  all(): Iterable<[string, Series<LabelledRecorder>]> {
    return this.series;
  }

  /** See Recorder.labelled. @param whole the recorder of the service itself */
  recorder(labels: Labels, whole: Whole): RequestRecorder {
    if (Object.keys(labels).length === 0) return whole;
    const key = seriesName(this.service, labels);
    const known = this.series.get(key);
    if (known !== undefined) return known.recorder;
    const { census } = this;
    if (this.series.size >= LABEL_SETS_PER_SERVICE || census.sets >= LABEL_SETS) {
      if (census.examples.length < EXAMPLES && !census.examples.includes(key)) census.examples.push(key);
      return {
        request(at, latencyMs, ok, error) {
          census.dropped += 1;
          whole.request(at, latencyMs, ok, error);
        },
      };
    }
    census.sets += 1;
    const series = this.open(key);
    this.series.set(key, series);
    this.listed = [...this.listed, { labels: { ...labels }, series: key }];
    return series.recorder;
  }
}

/** The name of a series as Prometheus writes it, its labels in the order of the alphabet. */
function seriesName(service: string, labels: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`);
  return `${service}{${pairs.join(",")}}`;
}
