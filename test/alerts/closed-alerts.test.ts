import fc from "fast-check";
import { expect, it } from "vitest";
import type { RuleInstance } from "../../src/alerts/evaluate.ts";
import { AlertLifecycle } from "../../src/alerts/lifecycle.ts";

/** What happens in one tick: the condition holds, does not, or cannot be evaluated; or an operator closes it. */
type Step = "breach" | "none" | "absent" | "failed" | "close";

const instance = (step: Step): RuleInstance => ({
  rule: "RULE",
  entity: "shop",
  breach: step === "none" ? undefined : { severity: "critical", message: "level=1" },
  hold: { ticks: 1, ms: 0 },
  failed: step === "failed",
});

/** The states that are seen after each step: + firing, - not; c: it was closed by hand. */
function run(steps: readonly Step[], isFrozen = false) {
  const lifecycle = new AlertLifecycle();
  const context = {
    whyExpired: () => undefined,
    whyFrozen: () => (isFrozen ? "no data" : undefined),
    labelsOf: () => ({}),
  };
  const states = steps.map((step, tick) => {
    const [alert] = lifecycle.alerts();
    if (step === "close") {
      if (alert?.state !== "firing") return "-";
      const { type, actor, to } = lifecycle.close(tick, alert, "alice");
      return type === "resolved" && to === "resolved" && actor === "alice" ? "c" : "?";
    }
    lifecycle.evaluate(tick, step === "absent" ? [] : [instance(step)], context);
    return lifecycle.alerts()[0]?.state === "firing" ? "+" : "-";
  });
  return states.join("");
}

it.each<[readonly Step[], string]>([
  [["breach", "close", "breach", "breach"], "+c--"],
  [["breach", "close", "none", "breach"], "+c-+"],
  [["breach", "close", "absent", "breach"], "+c-+"],
  [["breach", "close", "failed", "breach", "none", "breach"], "+c---+"],
  [["breach", "none", "close", "breach"], "+--+"],
])("%j is %s", (steps, states) => {
  expect(run(steps)).toBe(states);
});

it("stays closed while nothing is known about it", () => {
  expect(run(["breach", "close", "absent", "breach"], true)).toBe("+c--");
});

it("cannot be closed before it fires", () => {
  const lifecycle = new AlertLifecycle();
  const context = { whyExpired: () => undefined, whyFrozen: () => undefined, labelsOf: () => ({}) };
  lifecycle.evaluate(0, [{ ...instance("breach"), hold: { ticks: 2, ms: 0 } }], context);
  expect(() => lifecycle.close(1, lifecycle.alerts()[0]!, "alice")).toThrow("RULE on shop is not firing");
});

it("fires again after its condition has ended once, and not before", () => {
  const step = fc.constantFrom<Step>("breach", "breach", "none", "absent", "failed", "close");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let isFiring = false;
      let isClosed = false;
      const expected = steps.map((each) => {
        if (each === "close" && isFiring) {
          isFiring = false;
          isClosed = true;
          return "c";
        }
        if (each === "breach") isFiring ||= !isClosed;
        if (each === "none" || each === "absent") isFiring = isClosed = false;
        return isFiring ? "+" : "-";
      });
      expect(run(steps)).toBe(expected.join(""));
    }),
  );
});
