import type { Command } from "commander";
import { didYouMean } from "../../config/did-you-mean.ts";
import type { ChannelConfig } from "../../notify/settings.ts";
import type { CommandDefinition } from "../command.ts";
import { type CommonFlags, configFromFlags } from "../config-from-flags.ts";
import { EXIT_FAILURE, usageError } from "../errors.ts";

/** Tries channels, and shows what they would send. */
export const notifyCommand: CommandDefinition = (program, { io, deps, exit }) => {
  /** The channels of the config that the flags select. */
  const channelsOf = async (command: Command): Promise<readonly ChannelConfig[]> => {
    const { config, configName } = await configFromFlags(command.optsWithGlobals<CommonFlags>(), io, deps);
    const channels = config.notify?.channels ?? [];
    if (channels.length > 0) return channels;
    throw usageError(`${configName} has no channels; name a config that has some in notify.channels`);
  };
  const notify = program.command("notify").description("test channels, and preview what they send");

  notify
    .command("test")
    .description("send a test notification over one channel or all; exit 1 if one fails")
    .argument("[channel]", "the name of a channel in the config")
    .option("--all", "over all channels of the config")
    .action(async (name: string | undefined, options: { readonly all?: true }, command: Command) => {
      if ((name === undefined) !== (options.all === true)) {
        throw usageError("notify test needs the name of a channel, or --all");
      }
      const channels = await channelsOf(command);
      const { testChannels } = await import("../notify/test-channels.ts");
      const chosen = name === undefined ? channels : [named(name, channels)];
      if (!(await testChannels(chosen, io, deps))) exit(EXIT_FAILURE);
    });

  notify
    .command("preview")
    .description("print what the channels would send about an alert; nothing is sent")
    .argument("<alert-json>", "the alert as JSON, or a file with it")
    .option("--channel <name>", "only this channel of the config")
    .action(async (json: string, options: { readonly channel?: string }, command: Command) => {
      const channels = await channelsOf(command);
      const chosen = options.channel === undefined ? channels : [named(options.channel, channels)];
      const { alertFromJson } = await import("../notify/alert-json.ts");
      const { previewOf } = await import("../notify/preview.ts");
      const alert = await alertFromJson(json, io, deps.realClock.now());
      for (const channel of chosen) io.stdout.write(`${previewOf(channel, alert, deps.realClock.now())}\n`);
    });
};

function named(name: string, channels: readonly ChannelConfig[]): ChannelConfig {
  const found = channels.find((channel) => channel.name === name);
  if (found !== undefined) return found;
  const names = channels.map((channel) => channel.name);
  throw usageError(`there is no channel "${name}"${didYouMean(name, names)}`);
}
