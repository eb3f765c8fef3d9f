import { type Command, Option } from "commander";
import { LOG_LEVELS, type LogLevel } from "../../core/log.ts";
import type { ColorDepth } from "../../terminal/color-depth.ts";
import type { ScreenChoices } from "../../watch/request.ts";
import type { CommandDefinition } from "../command.ts";
import { type CommonFlags, configFromFlags } from "../config-from-flags.ts";
import type { CliIo } from "../io.ts";
import { parseLimit } from "../numbers.ts";
import { unknownCommand } from "../unknown-command.ts";

const COLORS = ["none", "16", "256", "truecolor"] as const satisfies readonly ColorDepth[];
const GLYPHS = ["unicode", "ascii"] as const;

interface WatchFlags {
  readonly maxFps?: number;
  readonly maxKbps?: number;
  readonly colors?: ColorDepth;
  readonly glyphs?: (typeof GLYPHS)[number];
  readonly plain?: true;
  readonly logLevel?: LogLevel | "off";
}

function screenChoices(
  { maxFps, maxKbps, colors, glyphs, plain, logLevel }: WatchFlags,
  { env }: CliIo,
): ScreenChoices {
  return {
    pace: { maxFps, maxKbps },
    depth: colors,
    unicode: glyphs === undefined ? undefined : glyphs === "unicode",
    logLevel: logLevel ?? "info",
    plain: plain === true || env.INK_SCREEN_READER === "true",
  };
}

/** The live screen; the default command. */
export const watchCommand: CommandDefinition = (program, { io, deps, exit }) => {
  program
    .command("watch", { isDefault: true })
    .description("the live screen (default command)")
    .option(
      "--max-fps <n>",
      "maximum frames per second",
      parseLimit("--max-fps", { min: 0.1, max: 1000, example: 5 }),
    )
    .option(
      "--max-kbps <n>",
      "maximum output, kilobits per second",
      parseLimit("--max-kbps", { min: 1, max: 1_000_000, example: 64 }),
    )
    .addOption(
      new Option("--colors <depth>", "color depth; default: detected from the terminal").choices(COLORS),
    )
    .addOption(
      new Option("--glyphs <set>", "character set; default: detected from the locale").choices(GLYPHS),
    )
    .option("--plain", "one line per change instead of a screen (or INK_SCREEN_READER=true)")
    .addOption(
      new Option("--log-level <level>", "lowest level in the log file; default: info").choices([
        ...LOG_LEVELS,
        "off",
      ]),
    )
    // A misspelled command arrives here as an argument; "too many arguments" would be a misleading error.
    .allowExcessArguments(true)
    .action(async (_options: unknown, command: Command) => {
      const [surplus] = command.args;
      if (surplus !== undefined) throw unknownCommand(surplus, program);
      const flags = command.optsWithGlobals<CommonFlags & WatchFlags>();
      exit(await deps.watch(await configFromFlags(flags, io, deps), screenChoices(flags, io)));
    });
};
