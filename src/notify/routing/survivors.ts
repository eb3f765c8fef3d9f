import type { NotifiedAlert } from "../../core/notification.ts";
import { highest } from "./compose.ts";
import type { Desk } from "./group.ts";
import type { Groups } from "./groups.ts";
import type { Episode } from "./memory.ts";
import type { Route } from "./routes.ts";
import type { Subject } from "./subject.ts";

/** Before that, what an earlier run told may not have fired again yet, ms. */
const SETTLED_MS = 5 * 60_000;
/** How often it is asked, ms. */
const ASK_MS = 60_000;
/** After this it is given up: it cannot be known any more, ms. */
const GIVEN_UP_MS = 24 * 3_600_000;

/** Whether an alert of an earlier run is over; undefined: it is not known. */
export type IsOver = (fingerprint: string, rule: string, entity: string) => boolean | undefined;

interface Survivor {
  readonly key: string;
  readonly groupKey: string;
  readonly id: string;
  readonly episode: Episode;
}

/**
 * What an earlier run of the monitor told to fire, and what this one did not see fire again. It is told to be over
 * once its entity is observed and its rule finds nothing, so that nobody waits for an end that happened meanwhile.
 */
export class Survivors {
  readonly #desk: Desk;
  readonly #groups: Groups;
  readonly #giveUpAt: number;
  #askAt: number;
  #left: readonly Survivor[];

  constructor(desk: Desk, groups: Groups, now: number) {
    this.#desk = desk;
    this.#groups = groups;
    this.#askAt = now + SETTLED_MS;
    this.#giveUpAt = now + GIVEN_UP_MS;
    this.#left = desk.memory.entries("episodes").map(([key, episode]) => {
      const [groupKey, id] = JSON.parse(key) as [string, string];
      return { key, groupKey, id, episode };
    });
  }

  look(routes: readonly Route[], isOver: IsOver, now: number): void {
    if (this.#left.length === 0 || now < this.#askAt) return;
    this.#askAt = now + ASK_MS;
    this.#left = this.#left.filter((survivor) => !this.#settle(survivor, routes, isOver, now));
  }

  /** @returns whether nothing is left to do about it */
  #settle(survivor: Survivor, routes: readonly Route[], isOver: IsOver, now: number): boolean {
    const { key, groupKey, id, episode } = survivor;
    const { memory } = this.#desk;
    if (memory.get("episodes", key) === undefined || this.#isBack(groupKey, id)) return true;
    const [routeId, labels] = JSON.parse(groupKey) as [string, [string, string][]];
    const route = routes.find((each) => each.id === routeId);
    const answers = episode.alerts.map(({ fingerprint, rule, entity }) => isOver(fingerprint, rule, entity));
    if (route === undefined || now >= this.#giveUpAt) {
      this.#forget(survivor);
      return true;
    }
    if (!answers.every((isOverNow) => isOverNow === true)) return false;
    this.#groups.join(route, Object.fromEntries(labels), endedSubject(id, episode, now), now);
    return true;
  }

  #isBack(groupKey: string, id: string): boolean {
    return [...this.#groups.of(id)].some(({ key }) => key === groupKey);
  }

  #forget({ key, groupKey, id }: Survivor): void {
    const { memory } = this.#desk;
    memory.set("episodes", key, undefined);
    for (const [toldId, told] of memory.entries("told")) {
      if ((JSON.parse(toldId) as string[])[0] !== groupKey || told.firing[id] === undefined) continue;
      const { [id]: _, ...firing } = told.firing;
      const isOver = Object.keys(firing).length === 0;
      memory.set("told", toldId, isOver ? undefined : { ...told, firing });
    }
  }
}

function endedSubject(id: string, { alerts, startsAt }: Episode, now: number): Subject {
  const ended = alerts.map((alert): NotifiedAlert => ({ ...alert, state: "resolved", endsAt: now }));
  return {
    id,
    severity: highest(alerts),
    isFiring: false,
    labels: alerts[0]?.labels ?? {},
    firedAt: startsAt,
    endedAt: now,
    muted: undefined,
    isFlapping: false,
    acknowledgedBy: undefined,
    alerts: ended,
  };
}
