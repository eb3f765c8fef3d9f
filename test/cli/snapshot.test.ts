import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { catalog } from "../../src/catalog/index.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { SnapshotReport } from "../../src/report/snapshot-report.ts";
import { faultline } from "./fake.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-snapshot-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function reportOf(...argv: string[]): Promise<SnapshotReport> {
  const { exitCode, stdout, stderr } = await faultline(["snapshot", ...argv]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout) as SnapshotReport;
}

describe("snapshot", () => {
  it("runs 50 ticks by default, from a fixed date", async () => {
    expect(await reportOf()).toMatchObject({ ticks: 50, at: "2026-01-01T00:00:25.000Z", seed: 1 });
    expect(await reportOf("--ticks", "1")).toMatchObject({ ticks: 1, at: "2026-01-01T00:00:00.500Z" });
  });

  it("gives the same bytes for the same seed, and others for another seed", async () => {
    const run = (seed: string) => faultline(["snapshot", "--ticks", "80", "--seed", seed]);
    const [first, again, other] = [await run("5"), await run("5"), await run("6")];
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
    expect(JSON.parse(other.stdout)).toMatchObject({ seed: 6 });
  });

  it("finds the default fleet healthy", async () => {
    expect(await reportOf("--ticks", "120")).toMatchObject({
      overall_health: "healthy",
      service_count: 5,
      summary: { healthy: 5, degraded: 0, critical: 0, down: 0, unknown: 0 },
    });
  });

  it("finds the walkthrough's fleet critical, with reasons", async () => {
    const report = await reportOf("--ticks", "120", "--config", "config/walkthrough.yaml");
    expect(report.overall_health).toBe("critical");
    const health = Object.fromEntries(report.services.map((service) => [service.name, service.health]));
    expect(health).toEqual({
      "api-gateway": "healthy",
      "auth-service": "healthy",
      "payment-service": "degraded",
      "notification-svc": "critical",
      "reporting-service": "healthy",
    });
    expect(report.alerts.map((alert) => alert.service)).toContain("notification-svc");
  });

  it.each([...catalog.worlds.values()])(
    "reports every entity of the world $kind",
    async ({ kind, example }) => {
      const file = join(folder, `${kind}.yaml`);
      await writeFile(file, stringify({ worlds: [{ ...example, name: "here" }] }));
      const result = await loadConfig(file, { clock: createVirtualClock() });
      const declared = result.ok ? result.config.entities : [];
      const { entities } = await reportOf("--config", file, "--ticks", "60");
      expect(declared.length).toBeGreaterThan(0);
      expect(entities.map(({ name }) => name)).toEqual(
        expect.arrayContaining(declared.map(({ name }) => name)),
      );
      for (const { kind, world, measures } of entities) {
        expect(world).toBe("here");
        const ids = catalog.entities.get(kind)!.measures.filter(({ onDemand }) => !onDemand);
        expect(Object.keys(measures)).toEqual(ids.map(({ id }) => id));
        expect(Object.values(measures).some((value) => value !== null)).toBe(true);
      }
    },
  );

  it("names the services that virtual time cannot observe", async () => {
    const file = join(folder, "mixed.yaml");
    await writeFile(
      file,
      "services:\n  - { name: sim, base_latency: 10ms }\n  - { name: shop, source: http, url: 'http://localhost:1' }\n",
    );
    const { exitCode, stdout, stderr } = await faultline(["snapshot", "--config", file]);
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as SnapshotReport).overall_health).toBe("unknown");
    expect(stderr).toBe(
      "faultline: no data from shop: only simulated entities run on virtual time; use status or watch for real ones\n",
    );
  });

  it("does not start with an invalid config", async () => {
    const file = join(folder, "wrong.yaml");
    await writeFile(file, "services: []\n");
    expect(await faultline(["snapshot", "--config", file])).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `${file}:1:11: services must list at least one service, such as - name: api-gateway\n`,
    });
  });
});
