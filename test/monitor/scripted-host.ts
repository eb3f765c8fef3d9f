import { createCatalog } from "../../src/catalog/catalog.ts";
import { catalog as everything } from "../../src/catalog/index.ts";
import { createConfigParser } from "../../src/config/parse.ts";
import type { Config } from "../../src/config/types.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { CPU, MEMORY } from "../../src/kinds/service-metrics.ts";
import { createMonitor, createParts } from "../../src/monitor/monitor.ts";
import type { SourceKind } from "../../src/sources/types.ts";

/** What every host reports once a second; undefined: nothing at all. */
export type Report = { cpu: number; memory: number } | undefined;

/** A monitor of hosts whose gauges are set by the test. @param rules the entries of `rules:` */
export function startHosts(rules: readonly string[], names: readonly string[] = ["box"]) {
  let report: Report = { cpu: 10, memory: 10 };
  const scripted: Partial<SourceKind> = {
    open: (watched, { clock }) => ({
      stop: clock.every(1_000, () => {
        for (const { recorder } of watched) {
          if (report === undefined) continue;
          recorder.gauge(CPU).set(clock.now(), report.cpu);
          recorder.gauge(MEMORY).set(clock.now(), report.memory);
        }
      }),
      update: () => {},
    }),
  };
  const catalog = createCatalog(
    [...everything.sources.values()].map((source) =>
      source.kind === "host" ? { ...source, ...scripted } : source,
    ),
    [...everything.worlds.values()],
    [...everything.rules.values()],
    everything.defaultSource,
  );
  const parse = (entries: readonly string[]): Config => {
    const services = names.map(
      (name) => `  - { name: ${name}, source: host, labels: { team: ${name}-team } }\n`,
    );
    const text = `tick: 1s\nservices:\n${services.join("")}rules:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`;
    const parsed = createConfigParser(catalog)(text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.config;
  };
  const clock = createVirtualClock();
  const config = parse(rules);
  const monitor = createMonitor({ config, configName: "c", clock, live: true }, createParts(catalog, 1_000));
  monitor.start();
  /** Reports this for so many seconds. */
  const run = (seconds: number, next: Report) => {
    report = next;
    clock.runUntil(clock.now() + seconds * 1_000);
  };
  return {
    monitor,
    run,
    reconfigure: (...entries: string[]) => monitor.reconfigure(parse(entries)),
    /** "RULE state" of all alerts, in order of rules. */
    alerts: () =>
      monitor
        .snapshot()
        .alerts.map(({ rule, state }) => `${rule} ${state}`)
        .sort(),
    alertOf: (rule: string) => monitor.snapshot().alerts.find((alert) => alert.rule === rule),
    ruleOf: (name: string) => monitor.snapshot().rules.find((rule) => rule.name === name)!,
  };
}
