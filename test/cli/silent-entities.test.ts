import { expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { silentEntities } from "../../src/cli/silent-entities.ts";
import type { Config, OriginConfig } from "../../src/config/types.ts";
import { snapshotOf } from "../report/snapshots.ts";

const origins: readonly OriginConfig[] = [
  ...[...catalog.sources.keys()].map((kind) => ({ name: kind, type: "source" as const, kind, entities: [] })),
  ...[...catalog.worlds.keys()].map((kind) => ({
    name: `my-${kind}`,
    type: "world" as const,
    kind,
    entities: [],
  })),
];
const config = { origins } as unknown as Config;

it("silent entities are those that were never seen and are not simulated", () => {
  const entities = origins.flatMap(({ name }) => [
    { name: `${name} silent`, origin: name, lastSeenAt: undefined },
    { name: `${name} seen`, origin: name },
  ]);
  const real = [...catalog.sources.values()].filter(({ simulated }) => !simulated);
  expect(real.length).toBeGreaterThan(0);
  expect(silentEntities(snapshotOf({ entities }), config, catalog)).toEqual(
    real.map(({ kind }) => `${kind} silent`),
  );
});
