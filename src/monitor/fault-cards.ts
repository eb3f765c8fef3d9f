import type { Alert } from "../core/alert.ts";
import { type Health, healthRank } from "../core/health.ts";
import type { ActiveFault } from "../faults/types.ts";
import type { FaultCard } from "./types.ts";

const KEPT_ENDED = 50;

/** What a card needs to know of a service at a tick. */
export interface Condition {
  readonly health: Health;
  readonly p99: number;
}

/** A card and what it is compared with. */
interface Story {
  card: FaultCard;
  /** The health of the service and of all upstream of it at injection: "healed" means no worse than this. */
  readonly before: ReadonlyMap<string, Health>;
  readonly windowMs: number;
  wasWorse: boolean;
}

/** Writes the story of each fault as it unfolds, tick by tick. */
export class FaultCards {
  #stories: Story[] = [];
  #listed: readonly FaultCard[] = [];

  /**
   * @param upstream services that may feel it
   * @param condition how each service is right now, before the fault has done anything
   * @param windowMs the window that the service's numbers speak of: for so long its past lingers in them
   */
  opened(
    fault: ActiveFault,
    label: string,
    upstream: Iterable<string>,
    condition: (service: string) => Condition,
    windowMs: number,
  ): void {
    const before = new Map<string, Health>();
    for (const service of [fault.service, ...upstream]) before.set(service, condition(service).health);
    const p99 = condition(fault.service).p99;
    const card: FaultCard = {
      id: fault.id,
      service: fault.service,
      kind: fault.kind,
      intensity: fault.intensity,
      label,
      injectedAt: fault.startedAt,
      endsAt: fault.endsAt,
      endedAt: undefined,
      endedBy: undefined,
      baselineP99: p99,
      peakP99: p99,
      detectedAfterMs: undefined,
      detectedBy: undefined,
      healedAfterMs: undefined,
      spreadTo: [],
    };
    this.#stories.unshift({ card, before, windowMs, wasWorse: false });
  }

  ended(fault: ActiveFault, at: number, by: "time" | "operator"): void {
    const story = this.#stories.find(({ card }) => card.id === fault.id);
    if (story) story.card = { ...story.card, endedAt: at, endedBy: by };
  }

  /** An alert began to fire at `at`. */
  fired(alert: Alert, at: number): void {
    for (const story of this.#stories) {
      const { card, before } = story;
      const over = card.healedAfterMs !== undefined;
      if (over || card.detectedBy !== undefined || !before.has(alert.service)) continue;
      // A breach that began before the fault was injected is somebody else's.
      if (alert.startedAt < card.injectedAt) continue;
      const detectedBy = { rule: alert.rule, service: alert.service };
      story.card = { ...card, detectedAfterMs: at - card.injectedAt, detectedBy };
    }
  }

  /** Looks at every story that is not over. Call it after the tick's healths are known. */
  observe(at: number, condition: (service: string) => Condition): void {
    for (const story of this.#stories) {
      if (story.card.healedAfterMs === undefined) story.card = follow(story, at, condition);
    }
    const running = this.#stories.filter(({ card }) => card.endedAt === undefined);
    const ended = this.#stories.filter(({ card }) => card.endedAt !== undefined);
    this.#stories = [...running, ...ended.slice(0, KEPT_ENDED)];
  }

  /** Running ones first, then ended; newest first within each. The same array as long as nothing changed. */
  list(): readonly FaultCard[] {
    const cards = this.#stories.map(({ card }) => card);
    const isSame =
      cards.length === this.#listed.length && cards.every((card, index) => card === this.#listed[index]);
    if (!isSame) this.#listed = cards;
    return this.#listed;
  }
}

function follow(story: Story, at: number, condition: (service: string) => Condition): FaultCard {
  const { card, before } = story;
  const worse = [...before.keys()].filter((service) => {
    const baseline = before.get(service)!;
    // Silence that was there before the fault is not its doing, nor is a service that has begun to speak.
    return healthRank(condition(service).health) > healthRank(baseline);
  });
  if (worse.length > 0) story.wasWorse = true;
  const spreadTo = worse.filter((service) => service !== card.service && !card.spreadTo.includes(service));
  const peakP99 = Math.max(card.peakP99, condition(card.service).p99);
  const isNews = peakP99 !== card.peakP99 || spreadTo.length > 0;
  const next: FaultCard = isNews ? { ...card, peakP99, spreadTo: [...card.spreadTo, ...spreadTo] } : card;
  if (card.endedAt === undefined || worse.length > 0) return next;
  if (story.wasWorse) return { ...next, healedAfterMs: at - card.endedAt };
  // Nothing has shown yet; requests that it slowed may still be on their way for one window.
  return at - card.endedAt >= story.windowMs ? { ...next, healedAfterMs: 0 } : next;
}
