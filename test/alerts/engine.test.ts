import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { AlertEngine } from "../../src/alerts/engine.ts";
import type { RuleInstance } from "../../src/alerts/evaluate.ts";
import type { AlertContext } from "../../src/alerts/lifecycle.ts";
import { compileMatchers, matchersText, parseMatchers } from "../../src/core/matchers.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";

const CONTEXT: AlertContext = {
  whyExpired: () => undefined,
  whyFrozen: () => undefined,
  labelsOf: () => ({ team: "payments" }),
};
const AT_ONCE = { ticks: 1, ms: 0 };

const breach = (entity: string, rule = "HIGH_LATENCY"): RuleInstance => ({
  rule,
  entity,
  breach: { severity: "critical", message: `${entity}: p99` },
  hold: AT_ONCE,
});

function startEngine(...entities: string[]) {
  const engine = new AlertEngine();
  const tick = (now: number, ...breaching: string[]) =>
    engine.evaluate(
      now,
      breaching.map((entity) => breach(entity)),
      CONTEXT,
    );
  tick(0, ...entities);
  const of = (entity: string) => engine.alerts().find((alert) => alert.entity === entity)!;
  return { engine, tick, of };
}

const logOf = (engine: AlertEngine, entity: string) =>
  engine.log.after(0).filter(({ alert }) => alert.entity === entity);

beforeAll(loadRegexEngine);

describe("an acknowledgement", () => {
  it("names its author, lasts until the recovery, and is not part of the next occurrence", () => {
    const { engine, tick, of } = startEngine("api", "db");
    engine.acknowledge(1_000, of("api").fingerprint, "alice");
    expect(of("api").acknowledged).toEqual({ by: "alice", at: 1_000 });
    expect(of("db").acknowledged).toBeUndefined();
    tick(2_000, "api");
    expect(of("api").acknowledged?.by).toBe("alice");
    const [resolved] = tick(3_000).filter(({ type }) => type === "resolved");
    expect(resolved?.alert.acknowledged?.by).toBe("alice");
    tick(4_000, "api");
    expect(of("api")).toMatchObject({ acknowledged: undefined, occurrences: 2 });
    expect(logOf(engine, "api").map(({ type, actor }) => `${type} ${actor}`)).toEqual([
      "fired monitor",
      "acknowledged alice",
      "resolved monitor",
      "fired monitor",
    ]);
  });

  it("is refused for an alert that is over, and twice", () => {
    const { engine, tick, of } = startEngine("api");
    const { fingerprint } = of("api");
    engine.acknowledge(1, fingerprint, "alice");
    expect(() => engine.acknowledge(2, fingerprint, "bob")).toThrow("acknowledged by alice already");
    engine.unacknowledge(3, fingerprint, "bob");
    expect(() => engine.unacknowledge(4, fingerprint, "bob")).toThrow("is not acknowledged");
    tick(5);
    expect(() => engine.acknowledge(6, fingerprint, "bob")).toThrow("not active any more");
  });
});

describe("a silence", () => {
  const silence = (matchers: string, endsAt: number) => ({
    matchers: parseMatchers(matchers),
    reason: "deployment",
    author: "alice",
    startsAt: 1_000,
    endsAt,
  });

  it("marks what matches until it ends, also alerts that begin later, and can be extended and ended", () => {
    const { engine, tick, of } = startEngine("payment-service", "auth");
    const { id } = engine.silence(1_000, silence('entity=~"pay.*"', 10_000));
    expect([of("payment-service").silencedBy, of("auth").silencedBy]).toEqual([id, undefined]);
    tick(2_000, "auth");
    tick(3_000, "auth", "payment-service");
    expect(of("payment-service")).toMatchObject({ state: "firing", silencedBy: id });
    engine.endSilenceAt(4_000, id, 20_000, "bob");
    tick(19_999, "auth", "payment-service");
    expect(of("payment-service").silencedBy).toBe(id);
    tick(20_000, "auth", "payment-service");
    expect(of("payment-service").silencedBy).toBeUndefined();
    const types = logOf(engine, "payment-service").map(({ type }) => type);
    expect(types.filter((type) => type.endsWith("silenced"))).toEqual(["silenced", "silenced", "unsilenced"]);
  });

  it("is refused when it ends before it begins, and an unknown one cannot end", () => {
    const { engine } = startEngine("api");
    expect(() => engine.silence(1_000, silence("entity=api", 1_000))).toThrow("must end after it begins");
    expect(() => engine.endSilenceAt(1_000, "7", 2_000, "bob")).toThrow("there is no silence 7");
  });
});

describe("matchers", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['entity="api"', { entity: "api" }, true],
    ["entity=api", { entity: "api2" }, false],
    ['entity!="api"', {}, true],
    ['{entity=~"a.i|db", severity!="page"}', { entity: "db", severity: "warning" }, true],
    ['entity=~"a"', { entity: "api" }, false],
    ['entity!~"a.*"', { entity: "api" }, false],
    ['team="say \\"hi\\""', { team: 'say "hi"' }, true],
    ['entity=~"(a+)+b"', { entity: "a".repeat(5_000) }, false],
  ])("%s", (text, labels, expected) => {
    expect(compileMatchers(parseMatchers(text))(labels)).toBe(expected);
  });

  it.each([
    ["", "needs at least one matcher"],
    ["entity", 'cannot read "entity"'],
    ['entity=~"("', "entity: invalid regular expression"],
    [`entity=~"${"a".repeat(1_001)}"`, "longer than 1000 characters"],
  ])("refuses %s", (text, sentence) => {
    expect(() => parseMatchers(text)).toThrow(sentence);
  });

  it("reads back what it writes", () => {
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    const matcher = fc.record({
      name,
      operator: fc.constantFrom("=" as const, "!=" as const),
      value: fc
        .string({ unit: "grapheme", maxLength: 12 })
        .filter((text) => !/[\n\r\t\b\f\p{Cc}]/u.test(text)),
    });
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1, maxLength: 4 }), (matchers) => {
        expect(parseMatchers(matchersText(matchers))).toEqual(matchers);
      }),
    );
  });
});
