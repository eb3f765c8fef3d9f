import { readFileSync } from "node:fs";
import { parseConfig } from "../../src/config/config.ts";
import type { Alert } from "../../src/core/alert.ts";
import type { Health } from "../../src/core/health.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createMonitor, createParts } from "../../src/monitor/monitor.ts";
import type { Snapshot } from "../../src/monitor/types.ts";

/** A fault of a run: injected `afterMs` after the start with default parameters, but for those given. */
export interface RunFault {
  readonly entity: string;
  readonly kind: string;
  readonly afterMs: number;
  readonly params?: Readonly<Record<string, number>>;
  readonly ttlMs?: number;
}

/** What happened in a run. Times are ms since its start. */
export interface Run {
  /** Every change of health, from the first tick. */
  readonly changes: readonly { readonly at: number; readonly entity: string; readonly health: Health }[];
  /** The alerts that fired; `resolvedAt` undefined: still firing. */
  readonly alerts: readonly {
    readonly rule: string;
    readonly entity: string;
    readonly firedAt: number;
    readonly resolvedAt: number | undefined;
  }[];
  readonly last: Snapshot;
}

const files = new Map<string, string>();

/** The text of a config of the repository. */
export function configText(name: string): string {
  const path = new URL(`../../config/${name}.yaml`, import.meta.url);
  const text = files.get(name) ?? readFileSync(path, "utf8");
  files.set(name, text);
  return text;
}

/** Runs a config for `seconds` of virtual time. @param each called after every tick, with ms since the start */
export function runFleet(
  text: string,
  seed: number,
  seconds: number,
  faults: readonly RunFault[] = [],
  each: (snapshot: Snapshot, elapsedMs: number) => void = () => {},
): Run {
  const parsed = parseConfig(text.replace(/^seed: .*$/m, `seed: ${seed}`));
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  const clock = createVirtualClock();
  const parts = createParts();
  const monitor = createMonitor({ config: parsed.config, configName: "run", clock, live: false }, parts);
  const startedAt = clock.now();
  const changes: { at: number; entity: string; health: Health }[] = [];
  const healths = new Map<string, Health>();
  const alerts = new Map<number, Alert>();
  monitor.start();
  monitor.subscribe(() => {
    const snapshot = monitor.snapshot();
    const at = snapshot.at - startedAt;
    for (const { name, health } of snapshot.entities) {
      if (healths.get(name) === health) continue;
      healths.set(name, health);
      changes.push({ at, entity: name, health });
    }
    for (const alert of snapshot.alerts) if (alert.firedAt !== undefined) alerts.set(alert.id, alert);
    each(snapshot, at);
  });
  for (const { entity, kind, afterMs, params, ttlMs } of [...faults].sort((a, b) => a.afterMs - b.afterMs)) {
    clock.runUntil(startedAt + afterMs);
    const fault = parts.catalog.faults.get(kind)!;
    const defaults = Object.fromEntries(
      Object.entries(fault.params).map(([name, param]) => [name, (param as { default: number }).default]),
    );
    const outcome = monitor.dispatch({
      type: "inject",
      entity,
      kind,
      params: { ...defaults, ...params },
      ttlMs: ttlMs ?? fault.defaultTtlMs,
    });
    if (!outcome.done) throw new Error(outcome.text);
  }
  clock.runUntil(startedAt + seconds * 1000);
  const last = monitor.snapshot();
  monitor.stop();
  return {
    changes,
    alerts: [...alerts.values()].map(({ rule, entity, firedAt, resolvedAt }) => ({
      rule,
      entity,
      firedAt: firedAt! - startedAt,
      resolvedAt: resolvedAt === undefined ? undefined : resolvedAt - startedAt,
    })),
    last,
  };
}
