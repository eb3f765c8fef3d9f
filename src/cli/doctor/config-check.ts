import { configFromFlags } from "../config-from-flags.ts";
import { CliError } from "../errors.ts";
import { type Check, failed, ok } from "./types.ts";

/** Whether the config is found and valid. */
export const configCheck: Check = {
  title: "config",
  async run({ io, deps, config }) {
    try {
      const { config: read, configName } = await configFromFlags({ ...(config && { config }) }, io, deps);
      return [ok(`${configName}: ${read.entities.length} entities, ${read.rules.length} rules`)];
    } catch (error) {
      if (error instanceof CliError) return error.lines.map(failed);
      throw error;
    }
  },
};
