import type { Command } from "commander";
import { loadEnginesOf } from "../../alerts/maintenance/window.ts";
import { catalog } from "../../catalog/index.ts";
import { Log } from "../../core/log.ts";
import { createVirtualClock } from "../../core/virtual-clock.ts";
import { createMonitor } from "../../monitor/monitor.ts";
import { FLEET } from "../../monitor/types.ts";
import { snapshotReport } from "../../report/snapshot-report.ts";
import type { CommandDefinition } from "../command.ts";
import { type CommonFlags, configFromFlags } from "../config-from-flags.ts";
import { complain } from "../errors.ts";
import { parseTicks } from "../numbers.ts";
import { silentEntities } from "../silent-entities.ts";

const DEFAULT_TICKS = 50;

/** Runs ticks of virtual time and prints the report. The same seed and config give the same bytes. */
export const snapshotCommand: CommandDefinition = (program, { io, deps }) => {
  program
    .command("snapshot")
    .description("run ticks of virtual time and print the report as JSON")
    .option("--ticks <n>", "number of ticks to run", parseTicks, DEFAULT_TICKS)
    .action(async (options: { readonly ticks: number }, command: Command) => {
      const chosen = await configFromFlags(command.optsWithGlobals<CommonFlags>(), io, deps);
      const { config, configName } = chosen;
      await loadEnginesOf(config.maintenance ?? []);
      const clock = createVirtualClock();
      const log = new Log(() => clock.now(), "info");
      const monitor = createMonitor({ config, configName, clock, live: false, log });
      monitor.start();
      clock.runUntil(clock.now() + options.ticks * config.tickMs);
      const snapshot = monitor.snapshot();
      const fleet = (measure: string) =>
        monitor.history.value(FLEET, measure, snapshot.windowMs, snapshot.at);
      const report = snapshotReport(snapshot, config, catalog.entities, fleet);
      monitor.stop();
      io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      const silent = silentEntities(snapshot, config, catalog);
      if (silent.length > 0) complain(io, [`faultline: ${noData(silent)}`]);
    });
};

function noData(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `no data from ${shown}${rest}: only simulated entities run on virtual time; use status or watch for real ones`;
}
