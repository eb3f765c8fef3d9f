import { describe, expect, it } from "vitest";
import { noEffects } from "../../src/core/effects.ts";
import { createRandom } from "../../src/core/random.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { Sources } from "../../src/monitor/sources.ts";
import { sourceKind } from "../../src/sources/index.ts";
import type { SourceKind } from "../../src/sources/types.ts";
import { createStore } from "../../src/store/store.ts";
import { configOf } from "./rig.ts";

const CONFIG = configOf(`services:
  - { name: here, source: host }
  - { name: calm, base_latency: 10ms, rate: 50 }
`);

/** The real kinds, but for the host, which does what a test wants when it is opened. */
function startSources(open: SourceKind<unknown>["open"]) {
  const clock = createVirtualClock();
  const store = createStore();
  store.advance(clock.now());
  const kindOf = (name: string) => (name === "host" ? { ...sourceKind("host"), open } : sourceKind(name));
  const context = {
    clock,
    live: true,
    random: (name: string) => createRandom(1, name),
    effects: () => noEffects(),
  };
  const sources = new Sources(context, store, kindOf);
  sources.open(CONFIG.services);
  /** As the monitor does at each tick: a store that is not told the time believes no observation of it. */
  const run = (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clock.runUntil(clock.now() + 1000);
      store.advance(clock.now());
    }
  };
  return { clock, store, sources, run };
}

describe("a source that fails", () => {
  it("when it is opened makes its services unknown, and the others go on", () => {
    const { sources, store, run } = startSources(() => {
      throw new Error("no such device");
    });
    run(2);
    expect(sources.problem("here")).toBe("its source failed: no such device");
    expect(sources.problem("calm")).toBeUndefined();
    expect(store.lastSeen("calm").request).toBeDefined();
  });

  it("in a timer says so of its services, and harms no timer of others", () => {
    const { sources, store, run, clock } = startSources((_watched, { clock: own }) => {
      const cancel = own.every(1000, () => {
        throw new Error("out of range");
      });
      return { stop: cancel };
    });
    expect(sources.problem("here")).toBeUndefined();
    run(3);
    expect(sources.problem("here")).toBe("its source failed: out of range");
    expect(store.lastSeen("calm").any).toBeGreaterThan(clock.now() - 1000);
  });

  it("while it is stopped does not keep the others from being stopped", () => {
    const { sources, store, run } = startSources(() => ({
      stop: () => {
        throw new Error("stuck");
      },
    }));
    run(1);
    sources.stop();
    const { any } = store.lastSeen("calm");
    run(5);
    expect(store.lastSeen("calm").any).toBe(any);
  });

  it("is opened again only when its own services have changed", () => {
    let opened = 0;
    const { sources } = startSources(() => {
      opened += 1;
      return { stop: () => {} };
    });
    const [here, calm] = CONFIG.services;
    sources.open([here!, { ...calm!, labels: { team: "blue" } }]);
    expect(opened).toBe(1);
    sources.open([{ ...here!, labels: { team: "blue" } }, calm!]);
    expect(opened).toBe(2);
  });
});
