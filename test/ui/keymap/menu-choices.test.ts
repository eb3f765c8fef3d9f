import { describe, expect, it } from "vitest";
import { choiceParam, numberParam } from "../../../src/core/params.ts";
import { defineFault } from "../../../src/faults/types.ts";
import { choicesFor, commandFor, menuRefusal } from "../../../src/ui/keymap/menu-choices.ts";
import type { AnyActionKind } from "../../../src/worlds/types.ts";
import { entity, kindsWith } from "../hand-made.ts";

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
const steps = (by: number, ttl = 0) => choicesFor(kinds, entity("q"), { steps: by, ttlSteps: ttl });

describe("the choices of the fault menu", () => {
  it("are the faults that accept the kind, then the actions, with their letters and labels", () => {
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

  it("step the time to live of faults only", () => {
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

  it("are listed with the reason where they cannot be chosen", () => {
    const [refusing] = choicesFor(kinds, entity("q", { labels: { fast: "yes" } }));
    expect(refusing!.enabled).toContain("it is too fast");
    const [unbreakable, action] = choicesFor(kinds, entity("q", { breakable: "it is real" }));
    expect(unbreakable!.enabled).toBe("q cannot be broken: it is real");
    expect(action!.enabled).toBe(true);
  });
});

describe("a menu without anything to choose", () => {
  const refusal = (rest: Parameters<typeof entity>[1], faultsOnly = false) =>
    menuRefusal({ kinds: faultsOnly ? kindsWith({ faults: [slow] }) : kinds }, entity("q", rest));

  it("is refused with the reason", () => {
    expect(refusal({ kind: "host" })).toContain("no fault or action exists for q, a host");
    expect(refusal({ breakable: "it is real" }, true)).toBe("q cannot be broken: it is real");
    expect(refusal({ labels: { fast: "yes" } }, true)).toContain("it is too fast");
  });

  it("opens as soon as one fault or action can be chosen", () => {
    expect(refusal({ breakable: "it is real" })).toBeUndefined();
    expect(refusal({}, true)).toBeUndefined();
  });
});
