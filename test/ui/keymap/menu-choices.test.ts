import { describe, expect, it } from "vitest";
import { choiceParam, numberParam } from "../../../src/core/params.ts";
import { defineFault } from "../../../src/faults/types.ts";
import { choicesFor, commandFor, menuRefusal } from "../../../src/ui/keymap/menu-choices.ts";
import type { AnyActionKind } from "../../../src/worlds/types.ts";
import { entity, kindsWith } from "../fixtures.ts";

const slow = defineFault<unknown>()({
  kind: "slow",
  key: "s",
  title: "Slow",
  description: "Adds a delay.",
  accepts: ["queue"],
  params: {
    delay: numberParam({ unit: "ms", levels: [100, 200, 400], default: 200, description: "" }),
    share: numberParam({ unit: "percent", levels: [50, 100], default: 100, description: "" }),
  },
  defaultTtlMs: 60_000,
  label: ({ delay }) => `slow +${delay} ms`,
  refuses: ({ labels }) => (labels.fast ? "it is too fast" : undefined),
  apply: () => {},
});
const ackMode: AnyActionKind = {
  kind: "ack-mode",
  key: "a",
  title: "Ack mode",
  description: "Sets when messages are acknowledged.",
  accepts: ["queue"],
  params: { mode: choiceParam({ choices: ["early", "late", "never"], default: "late", description: "" }) },
  label: ({ mode }: { mode: string }) => `acknowledge ${mode}`,
};
const kinds = kindsWith({ faults: [slow], actions: [ackMode] });
const steps = (by: number, ttl = 0) => {
  const own = { steps: by, ttlSteps: ttl };
  return choicesFor(kinds, entity("q"), { s: own, a: own });
};

describe("the choices of the fault menu", () => {
  it("are the faults that accept the kind, then the actions, with their keys and labels", () => {
    expect(choicesFor(kinds, entity("q"))).toMatchObject([
      { type: "fault", key: "s", label: "slow +200 ms", params: { delay: 200, share: 100 }, enabled: true },
      { type: "action", key: "a", label: "acknowledge late", params: { mode: "late" }, enabled: true },
    ]);
    expect(choicesFor(kinds, entity("h", { kind: "host" }))).toEqual([]);
  });

  it("step the first parameter through its levels or choices, and stop at both ends", () => {
    const first = (by: number) => steps(by).map(({ params }) => Object.values(params)[0]);
    expect(first(1)).toEqual([400, "never"]);
    expect(first(-1)).toEqual([100, "early"]);
    expect(first(9)).toEqual([400, "never"]);
    expect(first(-9)).toEqual([100, "early"]);
    expect(steps(1)[0]!.params.share).toBe(100);
  });

  it("step each on its own", () => {
    const [fault, action] = choicesFor(kinds, entity("q"), { a: { steps: 1, ttlSteps: 0 } });
    expect([fault!.params.delay, action!.params.mode]).toEqual([200, "never"]);
  });

  it("offer the default duration of a kind among the usual ones", () => {
    const brief = kindsWith({ faults: [{ ...slow, defaultTtlMs: 90_000 }] });
    const ttl = (ttlSteps: number) => choicesFor(brief, entity("q"), { s: { steps: 0, ttlSteps } })[0]!.ttlMs;
    expect([-1, 0, 1].map(ttl)).toEqual([60_000, 90_000, 120_000]);
  });

  it("step the duration of faults only", () => {
    expect(steps(0, 1).map(({ ttlMs }) => ttlMs)).toEqual([120_000, undefined]);
    expect(steps(0, -9)[0]!.ttlMs).toBe(15_000);
  });

  it("become the commands of the monitor", () => {
    const [fault, action] = steps(1);
    expect(commandFor("q", fault!)).toEqual({
      type: "inject",
      entity: "q",
      kind: "slow",
      params: { delay: 400, share: 100 },
      ttlMs: 60_000,
    });
    expect(commandFor("q", action!)).toEqual({
      type: "act",
      entity: "q",
      action: "ack-mode",
      params: { mode: "never" },
    });
  });

  it("are listed with the reason if they are not available", () => {
    const [refusing] = choicesFor(kinds, entity("q", { labels: { fast: "yes" } }));
    expect(refusing!.enabled).toContain("it is too fast");
    const [unbreakable, action] = choicesFor(kinds, entity("q", { breakable: "it is real" }));
    expect(unbreakable!.enabled).toBe("q cannot be broken: it is real");
    expect(action!.enabled).toBe(true);
  });
});

describe("a menu without choices", () => {
  const refusal = (rest: Parameters<typeof entity>[1], faultsOnly = false) =>
    menuRefusal({ kinds: faultsOnly ? kindsWith({ faults: [slow] }) : kinds }, entity("q", rest));

  it("is refused with the reason", () => {
    expect(refusal({ kind: "host" })).toContain("no faults or actions for q, a host");
    expect(refusal({ breakable: "it is real" }, true)).toBe("q cannot be broken: it is real");
    expect(refusal({ labels: { fast: "yes" } }, true)).toContain("it is too fast");
  });

  it("opens if one fault or action is available", () => {
    expect(refusal({ breakable: "it is real" })).toBeUndefined();
    expect(refusal({}, true)).toBeUndefined();
  });
});
