import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RESOLVED_KEPT_MS } from "../../../src/alerts/alert-entries.ts";
import type { Alert } from "../../../src/core/alert.ts";
import { HEALTHS, type Health } from "../../../src/core/health.ts";
import { Transitions } from "../../../src/monitor/past/transitions.ts";
import type { FaultCard } from "../../../src/monitor/types.ts";
import type { Verdict } from "../../../src/monitor/verdict.ts";
import { anAlert } from "../../alerts/alerts.ts";

/** A sweep over a whole day: PAST_HOURS=24 PAST_SAMPLES=10000. */
const HOURS = Number(process.env.PAST_HOURS ?? 1);
const SAMPLES = Number(process.env.PAST_SAMPLES ?? 1000);
const TICK_MS = 500;
const ENTITIES = 12;
const START = 1_767_225_600_000;

/** Numbers in [0, 1) of a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Span {
  readonly from: number;
  to: number;
}
interface HealthSpan extends Span {
  readonly entity: string;
  readonly health: Health;
}
interface AlertSpan extends Span {
  readonly alert: Alert;
}
interface FaultSpan extends Span {
  readonly card: FaultCard;
}

const alertOf = (id: number, entity: string, rule: string, at: number): Alert =>
  anAlert({ id, entity, rule, severity: "critical", message: `${entity}: p99=${id}ms`, startedAt: at });
const cardOf = (id: number, entity: string, at: number, peak: number): FaultCard => ({
  ...{
    id,
    entity,
    kind: "latency",
    params: {},
    label: "latency",
    injectedAt: at,
    injectedBy: "operator",
    endsAt: at + 60_000,
  },
  ...{ endedAt: undefined, endedBy: undefined, measure: "p99", baseline: 10, peak },
  ...{ detectedAfterMs: undefined, detectedBy: undefined, recoveredAfterMs: undefined, spreadTo: [] },
});

/** Plays a random run into the transitions, and into lists of spans that are searched from end to end. */
function play(seed: number, hours: number, transitions: Transitions) {
  const random = randomOf(seed);
  const healths: HealthSpan[] = [];
  const alerts: AlertSpan[] = [];
  const faults: FaultSpan[] = [];
  const open = Number.POSITIVE_INFINITY;
  const verdicts = new Map<string, Verdict>();
  const firing = new Map<string, AlertSpan>();
  const active = new Map<string, FaultSpan>();
  let id = 0;
  const end = START + hours * 3_600_000;
  for (let at = START + TICK_MS; at <= end; at += TICK_MS) {
    for (let n = 0; n < ENTITIES; n++) {
      const entity = `e${n}`;
      // From an entity that flaps to one that hardly ever changes.
      const chance = 0.02 / 2 ** n;
      const known = verdicts.get(entity);
      const health =
        known === undefined || random() < chance
          ? HEALTHS[Math.floor(random() * HEALTHS.length)]!
          : known.health;
      if (known === undefined || known.health !== health || (health !== "healthy" && random() < 0.05)) {
        const reasons = health === "healthy" ? [] : [`p99 ${Math.floor(random() * 5000)} ms over 500 ms`];
        const same = known?.health === health;
        const verdict: Verdict = {
          health,
          levels: {},
          reasons,
          healthSince: same ? known.healthSince : at,
          problem: undefined,
        };
        verdicts.set(entity, verdict);
        transitions.judged(entity, at, verdict);
        if (!same) {
          const last = healths.findLast((each) => each.entity === entity);
          if (last !== undefined) last.to = at;
          healths.push({ entity, health, from: at, to: open });
        }
      }
      const alert = firing.get(entity);
      if (alert === undefined && random() < chance / 2) {
        const span = { alert: alertOf(++id, entity, `R${n % 2}`, at), from: at, to: open };
        transitions.alertChanged({ type: "fired", alert: span.alert, at });
        firing.set(entity, span);
        alerts.push(span);
      } else if (alert !== undefined && random() < chance) {
        transitions.alertChanged({
          type: "resolved",
          alert: { ...alert.alert, state: "resolved", resolvedAt: at },
          at,
        });
        alert.to = at;
        firing.delete(entity);
      }
      const fault = active.get(entity);
      if (fault === undefined && random() < chance / 20) {
        const span = { card: cardOf(++id, entity, at, 10), from: at, to: open };
        transitions.faultChanged(span.card, at);
        active.set(entity, span);
        faults.push(span);
      } else if (fault !== undefined && random() < 0.01) {
        transitions.faultChanged({ ...fault.card, endedAt: at, recoveredAfterMs: 0 }, at);
        fault.to = at;
        active.delete(entity);
      }
    }
    const now = [...firing.values()].map(({ alert }) => alert).sort((a, b) => b.id - a.id);
    transitions.alertsAre(now, at);
    transitions.trim(at);
  }
  return { healths, alerts, faults, end };
}

describe("transitions", () => {
  it("give the health, alerts and faults of any instant of a random run, as lists of all spans do", () => {
    const transitions = new Transitions();
    const { healths, alerts, faults, end } = play(1, HOURS, transitions);
    const random = randomOf(2);
    for (let sample = 0; sample < SAMPLES; sample++) {
      const at = Math.floor(START + TICK_MS + random() * (end - START - TICK_MS));
      for (let n = 0; n < ENTITIES; n++) {
        const span = healths.find(({ entity, from, to }) => entity === `e${n}` && from <= at && at < to)!;
        const verdict = transitions.verdictAt(`e${n}`, at) as Verdict;
        expect([verdict.health, verdict.healthSince]).toEqual([span.health, span.from]);
      }
      const firing = alerts.filter(({ from, to }) => from <= at && at < to).map(({ alert }) => alert.id);
      // A new occurrence takes the place of an earlier one of the same rule and entity.
      const newest = new Map(
        alerts.filter(({ from }) => from <= at).map((each) => [each.alert.fingerprint, each]),
      );
      const resolved = [...newest.values()].filter(({ to }) => to <= at && at - to <= RESOLVED_KEPT_MS);
      const found = transitions.alertsAt(at);
      const ids = (state: string) => found.filter((alert) => alert.state === state).map((alert) => alert.id);
      expect(ids("firing")).toEqual(firing.sort((a, b) => b - a));
      const kept = resolved
        .sort((a, b) => a.to - b.to)
        .slice(-500)
        .map(({ alert }) => alert.id);
      expect(new Set(ids("resolved"))).toEqual(new Set(kept));
      const cards = transitions.faultsAt(at);
      const active = faults.filter(({ from, to }) => from <= at && at < to).map(({ card }) => card.id);
      expect(cards.filter(({ endedAt }) => endedAt === undefined).map((card) => card.id)).toEqual(
        active.sort((a, b) => b - a),
      );
      const ended = faults.filter(({ to }) => to <= at).map(({ card }) => card.id);
      expect(cards.filter(({ endedAt }) => endedAt !== undefined).map((card) => card.id)).toEqual(
        ended.sort((a, b) => b - a).slice(0, 50),
      );
    }
    expect(transitions.dropped).toBe(0);
    expect(alerts.length * faults.length).toBeGreaterThan(0);
  });

  it("take what is too much from those that have the most, and know the state at the beginning of what is kept", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const full = new Transitions();
        const small = new Transitions({ entries: 400 });
        const { healths, end } = play(seed, 0.5, full);
        play(seed, 0.5, small);
        expect(small.size).toBeLessThanOrEqual(400);
        expect(small.size + small.dropped).toBeGreaterThanOrEqual(full.size);
        for (let at = START + TICK_MS; at < end; at += 20_011) {
          for (let n = 0; n < ENTITIES; n++) {
            const verdict = small.verdictAt(`e${n}`, at);
            const exact = full.verdictAt(`e${n}`, at) as Verdict;
            // It is either right, or known to be forgotten: never "not watched yet".
            if (verdict !== "forgotten") expect(verdict!.health).toBe(exact.health);
          }
        }
        // Those that hardly change have lost nothing to those that flap.
        const calm = `e${ENTITIES - 1}`;
        expect(small.verdictAt(calm, healths.find(({ entity }) => entity === calm)!.from)).not.toBe(
          "forgotten",
        );
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it("forget by age, but not what still lasts", () => {
    const transitions = new Transitions({ keepMs: 3_600_000 });
    const verdict = (health: Health, at: number): Verdict => ({
      health,
      levels: {},
      reasons: [],
      healthSince: at,
      problem: undefined,
    });
    const hour = 3_600_000;
    transitions.judged("api", START, verdict("healthy", START));
    transitions.judged("api", START + hour, verdict("degraded", START + hour));
    transitions.alertChanged({
      type: "fired",
      alert: alertOf(1, "api", "R", START + hour),
      at: START + hour,
    });
    transitions.alertChanged({ type: "fired", alert: alertOf(2, "db", "R", START + hour), at: START + hour });
    const over = {
      ...alertOf(2, "db", "R", START + hour),
      state: "resolved",
      resolvedAt: START + 2 * hour,
    } as const;
    transitions.alertChanged({ type: "resolved", alert: over, at: START + 2 * hour });
    for (let at = START; at <= START + 9 * hour; at += 60_000) transitions.trim(at);
    expect(transitions.verdictAt("api", START + 9 * hour)).toMatchObject({
      health: "degraded",
      healthSince: START + hour,
    });
    expect(transitions.verdictAt("api", START + hour - 1)).toBe("forgotten");
    expect(transitions.verdictAt("new", START)).toBeUndefined();
    expect(transitions.alertsAt(START + 9 * hour).map(({ id }) => id)).toEqual([1]);
    expect(transitions.size).toBe(2);
  });
});
