import type { Config } from "../config/types.ts";
import type { Clock } from "../core/clock.ts";
import { createMonitor } from "../monitor/monitor.ts";
import { detectCapabilities } from "../terminal/capabilities.ts";
import type { Host } from "./host.ts";
import { followConfig } from "./reload.ts";
import { watchPlain } from "./watch-plain.ts";

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
    if (isTTY && !capabilities.dumb) {
      const { watchScreen } = await import("./watch-screen.tsx");
      await watchScreen({ monitor, host, capabilities, clock });
    } else await watchPlain(monitor, host);
  } finally {
    stopFollowing();
    monitor.stop();
  }
  return 0;
}
