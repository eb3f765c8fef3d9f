import type { Catalog } from "../../catalog/catalog.ts";
import { prepareOptions } from "../../notify/prepare.ts";
import type { ChannelConfig } from "../../notify/settings.ts";
import type { OptionProblem } from "../../notify/types.ts";
import { pathText } from "../sentences.ts";
import type { Config, ConfigProblem } from "../types.ts";
import { readYaml } from "../yaml-file.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What this machine lacks for the channels of a config. */
export interface TargetProblems {
  /** Values of secrets that a channel cannot use. */
  readonly problems: readonly ConfigProblem[];
  /** Secrets, programs and folders that are missing here, and may be there where the config is used. */
  readonly warnings: readonly ConfigProblem[];
}

/**
 * Checks the channels of a valid config against this machine. The network is not used.
 * @param text of the config, for positions
 */
export function channelTargets(text: string, { notify }: Config, catalog: Catalog, env: Env): TargetProblems {
  const file = readYaml(text);
  const problems: ConfigProblem[] = [];
  const warnings: ConfigProblem[] = [];
  for (const [index, channel] of (notify?.channels ?? []).entries()) {
    const { found, isWrong } = targetProblems(channel, catalog, env);
    for (const { path, message } of found) {
      const whole = ["notify", "channels", index, ...path];
      const problem = file.problemAt(whole, `${pathText(whole)}: ${message}`);
      (isWrong ? problems : warnings).push(problem);
    }
  }
  return { problems, warnings };
}

function targetProblems(
  channel: ChannelConfig,
  { channels }: Catalog,
  env: Env,
): { readonly found: readonly OptionProblem[]; readonly isWrong: boolean } {
  const kind = channels.get(channel.kind)!;
  const prepared = prepareOptions(channel, kind, { env });
  if (!prepared.ok) return { found: prepared.problems, isWrong: !prepared.isMissing };
  return { found: kind.targetProblems?.(prepared.options, { env }) ?? [], isWrong: false };
}
