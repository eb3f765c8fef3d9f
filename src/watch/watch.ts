import { catalog, isSimulated } from "../catalog/index.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import { Log } from "../core/log.ts";
import { createMonitor } from "../monitor/monitor.ts";
import { type Capabilities, detectCapabilities } from "../terminal/capabilities.ts";
import type { TerminalSession } from "../terminal/session.ts";
import type { Host } from "./host.ts";
import { keepLog } from "./keep-log.ts";
import { Notifications } from "./notifications.ts";
import { followConfig } from "./reload.ts";
import type { ScreenChoices, WatchRequest } from "./request.ts";
import { warmUp, warmUpClockFor } from "./warm-up.ts";
import { watchPlain } from "./watch-plain.ts";
import { watchScreen } from "./watch-screen.ts";

/** Runs until it is ended; returns the exit code. Shows a screen on a terminal, otherwise lines. */
export async function watch(
  request: WatchRequest,
  choices: ScreenChoices,
  host: Host,
  clock: Clock,
): Promise<number> {
  const { config, configPath: path, configName: name, seed } = request;
  const isTTY = host.output.isTTY === true && host.input.isTTY === true;
  const detected = detectCapabilities(host.env, isTTY);
  const capabilities: Capabilities = {
    ...detected,
    depth: choices.depth ?? detected.depth,
    unicode: choices.unicode ?? detected.unicode,
  };
  const isPlain = !isTTY || capabilities.dumb || choices.plain;
  const renderer = host.env.FAULTLINE_RENDERER;
  // Plain lines need no past, and the reference renderers are measured from the start.
  const isScreen = !isPlain && renderer === undefined;
  const warm = isScreen ? warmUpClockFor(config, catalog, clock) : undefined;
  const monitorClock = warm ?? clock;
  const log = new Log(() => monitorClock.now(), choices.logLevel);
  let write: ((sequence: string) => void) | undefined;
  const notifier = new Notifications(config, {
    catalog,
    clock,
    log: log.logger("notify"),
    env: host.env,
    ...(isScreen ? { terminal: (sequence: string) => write?.(sequence) } : {}),
  });
  const monitor = createMonitor({ config, configName: name, clock: monitorClock, live: true, log, notifier });
  const keep = () => void (choices.logLevel === "off" || keepLog(log, host));
  const stopFollowing = followConfig({ monitor, clock, path, name, seed });
  let stopWarmUp: Cancel = () => {};
  const onFirstFrame = () => {
    keep();
    if (warm !== undefined) stopWarmUp = warmUp(monitor, warm, clock, () => notifier.begin());
    else notifier.begin();
  };
  if (!isScreen) {
    keep();
    notifier.begin();
  }
  log.logger("monitor").log("info", "start", { config: name });
  if (warm === undefined) monitor.start();
  else monitor.start((origin) => isSimulated(catalog, origin));
  try {
    if (isPlain) await watchPlain(monitor, host, clock);
    else if (renderer === "ink" || renderer === "ink-incremental") {
      const { watchInk } = await import("./watch-ink.tsx");
      await watchInk(monitor, host, capabilities, renderer === "ink-incremental");
    } else {
      const { pace } = choices;
      const onOpen = (session: TerminalSession) => {
        write = (sequence) => session.writeSequence(sequence);
      };
      await watchScreen({ monitor, host, capabilities, pace, clock, onOpen, onFirstFrame });
    }
  } finally {
    stopWarmUp();
    stopFollowing();
    await notifier.stop();
    monitor.stop();
    log.logger("monitor").log("info", "stop");
  }
  return 0;
}
