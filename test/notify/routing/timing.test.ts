import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Happening, route, type Told, textsOf } from "./harness.ts";

interface Timing {
  readonly wait: number;
  readonly interval: number;
  readonly repeat: number;
}

const configOf = ({ wait, interval, repeat }: Timing) => `
receivers: [{ name: alice, channels: [mail] }]
routes:
  - receivers: [alice]
    group_by: [alertname]
    group_wait: ${wait}s
    group_interval: ${interval}s
    repeat_interval: ${repeat}s
`;

/**
 * The documentation of Alertmanager, restated second by second for one group: a new group waits `wait`; then its
 * changes are told every `interval`; without a change it is repeated after `repeat`. A group without alerts is
 * removed every 30 s. All alerts have the same severity: a higher one waits less long here.
 */
function alertmanager(
  { wait, interval, repeat }: Timing,
  happenings: readonly Happening[],
  seconds: number,
): Told[] {
  const told: Told[] = [];
  const firing = new Map<string, boolean>();
  const known = new Set<string>();
  let flushAt: number | undefined;
  let lastAt = 0;
  for (let at = 0; at <= seconds; at += 1) {
    const states = new Map(
      happenings.filter((each) => each.at === at).map(({ entity, what }) => [entity, what]),
    );
    for (const [entity, what] of states) {
      if (what === "recovers") {
        if (firing.has(entity)) firing.set(entity, false);
      } else {
        firing.set(entity, true);
        flushAt ??= at + wait;
      }
    }
    if (flushAt !== undefined && at >= flushAt) {
      const now = [...firing].filter(([, isFiring]) => isFiring).map(([entity]) => entity);
      const over = [...firing]
        .filter(([entity, isFiring]) => !isFiring && known.has(entity))
        .map(([entity]) => entity);
      const isNews = now.some((entity) => !known.has(entity));
      const isRepeat = now.length > 0 && at - lastAt >= repeat;
      const reason = isNews ? "firing" : over.length > 0 ? "resolved" : isRepeat ? "repeat" : undefined;
      if (reason !== undefined) {
        const states = [
          ...now.map((entity) => `${entity} critical`),
          ...over.map((entity) => `${entity} resolved`),
        ];
        told.push({ at, text: `${reason} alice mail: ${states.sort().join(", ")}` });
        lastAt = at;
        for (const entity of now) known.add(entity);
        for (const entity of over) known.delete(entity);
      }
      for (const [entity, isFiring] of firing) if (!isFiring) firing.delete(entity);
      flushAt = at + interval;
    }
    if (at > 0 && at % 30 === 0 && firing.size === 0) flushAt = undefined;
  }
  return told;
}

const timing = fc.record({
  wait: fc.integer({ min: 0, max: 60 }),
  interval: fc.integer({ min: 1, max: 120 }),
  repeat: fc.integer({ min: 1, max: 600 }),
});

/** Breaches and recoveries of three entities at any second; of one entity at most one a second. */
const happenings = fc
  .uniqueArray(
    fc.record({
      at: fc.integer({ min: 0, max: 900 }),
      entity: fc.constantFrom("a", "b", "c"),
      what: fc.constantFrom("critical" as const, "recovers" as const),
    }),
    { maxLength: 24, selector: ({ at, entity }) => `${at} ${entity}` },
  )
  .map((all) => all.sort((a, b) => a.at - b.at));

describe("groups", () => {
  it("are told exactly when Alertmanager tells them", () => {
    fc.assert(
      fc.property(timing, happenings, (times, all) => {
        expect(textsOf(route(configOf(times), all, 1200).told)).toEqual(
          textsOf(alertmanager(times, all, 1200)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("wait no longer than the most urgent of their alerts has to", () => {
    const config = `
receivers: [{ name: alice, channels: [mail] }]
routes: [{ receivers: [alice], group_by: [], group_wait: { page: 5s, warning: 60s } }]
`;
    const all = [
      { at: 0, entity: "a", what: "warning" },
      { at: 20, entity: "b", what: "page" },
    ] as const;
    expect(textsOf(route(config, all, 100).told)).toEqual(["25s firing alice mail: a warning, b page"]);
  });

  it("are told soon after a rise of the severity, and not after a fall", () => {
    const all = [
      { at: 0, entity: "a", what: "warning" },
      { at: 100, entity: "a", what: "page" },
      { at: 500, entity: "a", what: "warning" },
    ] as const;
    const { told } = route(configOf({ wait: 10, interval: 300, repeat: 86_400 }), all, 2000);
    expect(textsOf(told)).toEqual(["10s firing alice mail: a warning", "110s firing alice mail: a page"]);
  });
});
