import type { Config } from "../config/types.ts";
import type { Clock } from "../core/clock.ts";
import { createMonitor } from "../monitor/monitor.ts";
import { detectCapabilities } from "../terminal/capabilities.ts";
import type { Host } from "./host.ts";
import { followConfig } from "./reload.ts";
import { watchPlain } from "./watch-plain.ts";
import { watchScreen } from "./watch-screen.ts";

export interface WatchRequest {
  readonly config: Config;
  readonly configPath: string;
  readonly configName: string;
  readonly seed: number | undefined;
}

/** Watches until asked to end; gives the exit code. On a terminal as a screen, elsewhere line by line. */
export async function watch(request: WatchRequest, host: Host, clock: Clock): Promise<number> {
  const { config, configPath: path, configName: name, seed } = request;
  const isTTY = host.output.isTTY === true && host.input.isTTY === true;
  const capabilities = detectCapabilities(host.env, isTTY);
  const monitor = createMonitor({ config, configName: name, clock, live: true });
  const stopFollowing = followConfig({ monitor, clock, path, name, seed });
  monitor.start();
  try {
    const renderer = host.env.FAULTLINE_RENDERER;
    if (!isTTY || capabilities.dumb) await watchPlain(monitor, host);
    else if (renderer === "ink" || renderer === "ink-incremental") {
      const { watchInk } = await import("./watch-ink.tsx");
      await watchInk(monitor, host, capabilities, renderer === "ink-incremental");
    } else await watchScreen({ monitor, host, capabilities, clock });
  } finally {
    stopFollowing();
    monitor.stop();
  }
  return 0;
}
