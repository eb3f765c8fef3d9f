import { expect, test, vi } from "vitest";

const created: string[] = [];

// Every use of zod is noted; nothing of it works.
vi.mock("zod", () => ({
  z: new Proxy(
    {},
    {
      get: (_, name) => {
        created.push(String(name));
        throw new Error(`z.${String(name)} was used while the program was being loaded`);
      },
    },
  ),
}));

test("loading all kinds, the monitor and the commands creates no schema", async () => {
  const { catalog } = await import("../../src/catalog/index.ts");
  await import("../../src/monitor/monitor.ts");
  await import("../../src/cli/program.ts");
  expect(created).toEqual([]);
  // The schemas are there when they are asked for.
  for (const kinds of [catalog.sources, catalog.worlds, catalog.rules]) {
    for (const kind of kinds.values()) expect(() => kind.schema, kind.kind).toThrow("was used");
  }
});
