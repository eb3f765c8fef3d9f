import { loadCron } from "../core/cron.ts";
import { loadRegexEngine } from "../core/regex.ts";
import { mayUseRegex } from "./may-use-regex.ts";

/** Loads what is needed to check the text of a config. The libraries are large, and most configs need none. */
export async function loadEngines(text: string): Promise<void> {
  const needed: Promise<void>[] = [];
  if (/\bcron\b/.test(text)) needed.push(loadCron());
  if (mayUseRegex(text)) needed.push(loadRegexEngine());
  await Promise.all(needed);
}
