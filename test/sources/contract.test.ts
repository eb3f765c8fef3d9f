import { describe, expect, it } from "vitest";
import { LINK_TYPES } from "../../src/core/entity.ts";
import { atOnce } from "../../src/core/sliced-work.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { sourceKinds } from "../../src/sources/index.ts";
import type { SourceKind } from "../../src/sources/types.ts";
import type { Watched } from "../../src/worlds/types.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { createRecording } from "./recording.ts";

describe.each(Object.entries<SourceKind>(sourceKinds))("source kind %s", (name, kind) => {
  const { name: exampleName, source: exampleSource, ...written } = kind.example;
  const options = kind.schema.parse(written);

  it("is registered under its own name and described", () => {
    expect(kind.kind).toBe(name);
    expect(kind.description).toMatch(/\w/);
    expect(kind.breakable === true || kind.breakable.length > 0).toBe(true);
  });

  it("has an example", () => {
    expect(exampleName).toEqual(expect.stringMatching(/\w/));
    expect(exampleSource).toBe(name);
  });

  it("describes every option and rejects unknown ones", () => {
    for (const option of Object.values(kind.schema.shape)) {
      expect(option).toHaveProperty("description", expect.stringMatching(/\w/));
    }
    expect(kind.schema.safeParse({ ...written, no_such_option: 1 }).success).toBe(false);
  });

  it("has a cadence and links of a known type", () => {
    expect(kind.cadenceMs(options)).toBeGreaterThan(0);
    for (const { type, to } of kind.links(options)) {
      expect(LINK_TYPES).toContain(type);
      expect(to).toMatch(/\w/);
    }
  });

  it("has faults and actions only for its own entity kind, and faults if and only if it is breakable", () => {
    expect(kind.breakable === true).toBe(kind.faultKinds.length > 0);
    for (const { accepts } of [...kind.faultKinds, ...kind.actionKinds]) {
      expect(accepts).toContain(kind.entityKind.kind);
    }
  });

  /** Opens the source for its example on a virtual clock, as headless runs do. */
  function open() {
    const clock = createVirtualClock();
    const fake = createFakeContext(clock, { live: false });
    const record = createRecording(() => clock.now());
    const watched = watchedBy(kind, "shop", written, record.recorder);
    return { ...fake, record, watched, source: kind.open([watched], fake.context), clock };
  }

  it("opens and stops on a virtual clock without leaking timers", () => {
    const { clock, record, source, problems, timers } = open();
    // Resolving a label set is a search in the store: once per set at the start, never per request.
    const atStart = [...record.labelSets];
    expect(new Set(atStart.map((labels) => JSON.stringify(labels))).size).toBe(atStart.length);
    clock.runUntil(clock.now() + 10_000);
    expect(record.labelSets).toEqual(atStart);
    expect(problems.get("shop")).toBeUndefined();
    expect(new Set(record.resolved).size).toBe(record.resolved.length);
    source.stop();
    expect(timers()).toBe(0);
    source.stop();
    const recorded = record.times.length;
    clock.runUntil(clock.now() + 60_000);
    expect(record.times).toHaveLength(recorded);
  });

  it("observes on a virtual clock if and only if it is simulated", () => {
    const { clock, record, source } = open();
    clock.runUntil(clock.now() + 10_000);
    expect(record.times.length > 0).toBe(kind.simulated);
    source.stop();
  });

  it("is not affected by an update without changes, and stops removed entities", () => {
    const [one, other] = [open(), open()];
    for (const { clock } of [one, other]) clock.runUntil(clock.now() + 5_000);
    const update = (watched: readonly Watched[]) => {
      const work = one.source.update?.(watched);
      if (work) atOnce(work);
    };
    update([watchedBy(kind, "shop", written, one.watched.recorder)]);
    for (const { clock } of [one, other]) clock.runUntil(clock.now() + 5_000);
    expect(one.record.entries()).toEqual(other.record.entries());
    update([]);
    expect(one.timers()).toBe(0);
  });

  it("opens without entities", () => {
    const { context } = createFakeContext(createVirtualClock(), { live: false });
    expect(() => kind.open([], context).stop()).not.toThrow();
  });
});
