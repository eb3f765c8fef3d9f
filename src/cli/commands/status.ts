import type { Command } from "commander";
import { catalog } from "../../catalog/index.ts";
import type { Config } from "../../config/types.ts";
import type { Clock } from "../../core/clock.ts";
import { createVirtualClock } from "../../core/virtual-clock.ts";
import { createMonitor } from "../../monitor/monitor.ts";
import type { EntitySnapshot, Snapshot } from "../../monitor/types.ts";
import type { WatchRequest } from "../../watch/request.ts";
import type { CommandDefinition } from "../command.ts";
import { type CommonFlags, configFromFlags } from "../config-from-flags.ts";
import { CliError } from "../errors.ts";
import { silentEntities } from "../silent-entities.ts";
import { STATUS_EXIT_CODES, statusLine } from "../status-line.ts";

/** With fewer ticks there are too few observations. */
const MIN_TICKS = 60;

/** How long to wait for the first observation of real services, ms. */
const LONGEST_WAIT_MS = 10_000;

/** Prints the current health in one line, with the exit code of a monitoring plugin. */
export const statusCommand: CommandDefinition = (program, { io, deps, exit }) => {
  program
    .command("status")
    .description("current health in one line; exit 0 healthy, 1 degraded, 2 critical or down, 3 unknown")
    .action(async (_options: unknown, command: Command) => {
      const flags = command.optsWithGlobals<CommonFlags>();
      // Exit code 2 means critical here: with an invalid config the health is unknown.
      const chosen = await configFromFlags(flags, io, deps, STATUS_EXIT_CODES.unknown);
      const snapshot = await currentState(chosen, deps.realClock);
      io.stdout.write(`${statusLine(snapshot)}\n`);
      exit(STATUS_EXIT_CODES[snapshot.health]);
    });
};

/**
 * Simulated entities run on virtual time without delay; real time passes only if the config has real
 * entities.
 */
async function currentState(chosen: WatchRequest, realClock: Clock): Promise<Snapshot> {
  try {
    const simulated = runVirtually(chosen);
    return silentEntities(simulated, chosen.config, catalog).length === 0
      ? simulated
      : await waitForAll(chosen, realClock);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError([`UNKNOWN: ${message}`], STATUS_EXIT_CODES.unknown, { cause: error });
  }
}

function runVirtually({ config, configName }: WatchRequest): Snapshot {
  const clock = createVirtualClock();
  const monitor = createMonitor({ config, configName, clock, live: false });
  const longestWindowMs = Math.max(...config.entities.map((entity) => entity.windowMs));
  monitor.start();
  clock.runUntil(clock.now() + Math.max(longestWindowMs, MIN_TICKS * config.tickMs));
  const snapshot = monitor.snapshot();
  monitor.stop();
  return snapshot;
}

/** True once every real entity was observed and every failure was confirmed. */
function isSettled(snapshot: Snapshot, config: Config): boolean {
  return silentEntities(snapshot, config, catalog).length === 0 && !snapshot.entities.some(isSuspected);
}

/**
 * Requests without a finished health check are a first failure that is not confirmed yet, and a first probe may
 * still be answered.
 */
function isSuspected({ values }: EntitySnapshot): boolean {
  const isAsked = (values.requests ?? 0) > 0 || (values.outstanding ?? 0) > 0;
  return isAsked && !((values.checks ?? 0) > 0);
}

/** Runs in real time until everything is settled, at most LONGEST_WAIT_MS. */
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
      if (isSettled(monitor.snapshot(), config)) finish();
    });
    monitor.start();
  });
}
