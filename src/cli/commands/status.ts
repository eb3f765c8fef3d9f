import type { Command } from "commander";
import type { Clock } from "../../core/clock.ts";
import { createVirtualClock } from "../../core/virtual-clock.ts";
import { createMonitor } from "../../monitor/monitor.ts";
import type { Snapshot } from "../../monitor/types.ts";
import type { WatchRequest } from "../../watch/request.ts";
import { type CommonFlags, chosenConfig } from "../chosen-config.ts";
import type { CommandDefinition } from "../command.ts";
import { CliError } from "../errors.ts";
import { silentServices } from "../silent-services.ts";
import { STATUS_EXIT_CODES, statusLine } from "../status-line.ts";

/** With fewer ticks than these there is little to judge. */
const LEAST_TICKS = 60;

/** How long real services may take to say anything, ms. */
const LONGEST_WAIT_MS = 10_000;

/** One line on the current health, with the exit code of a monitoring plugin. */
export const statusCommand: CommandDefinition = (program, { io, deps, exit }) => {
  program
    .command("status")
    .description("one line on the current health; exit 0 healthy, 1 degraded, 2 critical or down, 3 unknown")
    .action(async (_options: unknown, command: Command) => {
      const flags = command.optsWithGlobals<CommonFlags>();
      // Whoever reads the exit code takes 2 for critical: a wrong config only means that nothing is known.
      const chosen = await chosenConfig(flags, io, deps, STATUS_EXIT_CODES.unknown);
      const snapshot = await currentState(chosen, deps.realClock);
      io.stdout.write(`${statusLine(snapshot)}\n`);
      exit(STATUS_EXIT_CODES[snapshot.health]);
    });
};

/** Virtual time tells at once how simulated services fare; only if that leaves some out is real time spent. */
async function currentState(chosen: WatchRequest, realClock: Clock): Promise<Snapshot> {
  try {
    const simulated = runVirtually(chosen);
    return silentServices(simulated).length === 0 ? simulated : await waitForAll(chosen, realClock);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError([`UNKNOWN: ${message}`], STATUS_EXIT_CODES.unknown, { cause: error });
  }
}

function runVirtually({ config, configName }: WatchRequest): Snapshot {
  const clock = createVirtualClock();
  const monitor = createMonitor({ config, configName, clock, live: false });
  const longestWindowMs = Math.max(...config.services.map((service) => service.windowMs));
  monitor.start();
  clock.runUntil(clock.now() + Math.max(longestWindowMs, LEAST_TICKS * config.tickMs));
  const snapshot = monitor.snapshot();
  monitor.stop();
  return snapshot;
}

/**
 * Has everything been seen, and every failure been confirmed? Requests without any finished health check are
 * a first failure whose confirmation is still to come.
 */
function isSettled(snapshot: Snapshot): boolean {
  const suspected = snapshot.services.some(({ stats }) => stats.requestCount > 0 && stats.checkCount === 0);
  return silentServices(snapshot).length === 0 && !suspected;
}

/** Runs in real time until every service is settled, but no longer than anyone would wait. */
function waitForAll({ config, configName }: WatchRequest, clock: Clock): Promise<Snapshot> {
  const monitor = createMonitor({ config, configName, clock, live: true });
  return new Promise<Snapshot>((resolve) => {
    const finish = () => {
      cancelDeadline();
      const snapshot = monitor.snapshot();
      monitor.stop();
      resolve(snapshot);
    };
    const cancelDeadline = clock.after(LONGEST_WAIT_MS, finish);
    monitor.subscribe(() => {
      if (isSettled(monitor.snapshot())) finish();
    });
    monitor.start();
  });
}
