import fc from "fast-check";
import { expect, it } from "vitest";
import { AlertEngine } from "../../src/alerts/engine.ts";
import { DEFAULT_ALERT_SETTINGS } from "../../src/alerts/settings.ts";
import { SEVERITIES, type Severity } from "../../src/core/alert.ts";

const CONTEXT = { whyExpired: () => undefined, whyFrozen: () => undefined, labelsOf: () => ({}) };

it("shows so many alerts of an entity, the most severe and the oldest, whatever comes and goes", () => {
  const tick = fc.array(
    fc.record({ rule: fc.nat({ max: 5 }), severity: fc.constantFrom<Severity>(...SEVERITIES) }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(fc.array(tick, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (ticks, perEntity) => {
      const engine = new AlertEngine();
      engine.configure({ ...DEFAULT_ALERT_SETTINGS, perEntity });
      for (const [now, troubles] of ticks.entries()) {
        const byRule = new Map(troubles.map(({ rule, severity }) => [rule, severity]));
        const instances = Array.from(byRule, ([rule, severity]) => ({
          rule: `R${rule}`,
          entity: "api",
          // A severity that falls again is no transition, and does not reorder what is shown.
          breach: { severity: known(engine, `R${rule}`) ?? severity, message: "api: 1" },
          hold: { ticks: 1, ms: 0 },
        }));
        const other = { ...instances[0]!, entity: "other" };
        engine.evaluate(now * 1000, instances.length > 0 ? [...instances, other] : [], CONTEXT);
        const active = engine.alerts().filter(({ state, entity }) => state === "firing" && entity === "api");
        const order = active.toSorted(
          (a, b) =>
            SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
            a.startedAt - b.startedAt ||
            a.id - b.id,
        );
        expect(order.map(({ folded }) => folded)).toEqual(order.map((_, nth) => nth >= perEntity));
        expect(engine.alerts().some(({ entity, folded }) => entity === "other" && folded)).toBe(false);
      }
    }),
  );
});

function known(engine: AlertEngine, rule: string): Severity | undefined {
  return engine
    .alerts()
    .find((alert) => alert.rule === rule && alert.entity === "api" && alert.state === "firing")?.severity;
}

it("shows more of them after the limit was raised", () => {
  const engine = new AlertEngine();
  const instances = Array.from({ length: 12 }, (_, nth) => ({
    rule: `R${nth}`,
    entity: "api",
    breach: { severity: "critical" as const, message: "api: 1" },
    hold: { ticks: 1, ms: 0 },
  }));
  const folded = () => engine.alerts().filter((alert) => alert.folded).length;
  engine.evaluate(0, instances, CONTEXT);
  expect(folded()).toBe(2);
  engine.configure({ ...DEFAULT_ALERT_SETTINGS, perEntity: 20 });
  engine.evaluate(1, instances, CONTEXT);
  expect(folded()).toBe(0);
});
