import { readFile } from "node:fs/promises";
import { catalog } from "../../catalog/index.ts";
import { channelTargets } from "../../config/notify/targets.ts";
import type { WatchRequest } from "../../watch/request.ts";
import { configFromFlags, formatProblem } from "../config-from-flags.ts";
import { CliError } from "../errors.ts";
import { type Check, failed, ok } from "./types.ts";

/** Whether the channels of the config can work here: secrets are there, and targets are valid. Nothing is sent. */
export const channelsCheck: Check = {
  title: "channels",
  async run({ io, deps, config: path }) {
    let request: WatchRequest;
    try {
      request = await configFromFlags({ ...(path && { config: path }) }, io, deps);
    } catch (error) {
      if (error instanceof CliError) return [failed("not checked: mend the config first")];
      throw error;
    }
    const { config, configName, configPath } = request;
    const channels = config.notify?.channels ?? [];
    if (channels.length === 0) return [ok("none: the config notifies nobody")];
    const { problems, warnings } = channelTargets(
      await readFile(configPath, "utf8"),
      config,
      catalog,
      io.env,
    );
    // A warning of `check`, which may run elsewhere, is a failure on the machine that is to send.
    const found = [...problems, ...warnings].map((problem) => failed(formatProblem(configName, problem)));
    if (found.length > 0) return found;
    const ready = channels.length === 1 ? "1 has what it needs" : `${channels.length} have what they need`;
    return [ok(`${ready}; notify test --all tries them`)];
  },
};
