import { parseConfig } from "../../src/config/config.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";
import type { NotifyConfig } from "../../src/notify/settings.ts";

// For routes that match by regular expressions.
await loadRegexEngine();

/** Names of channels, all of a kind that needs no target. */
const CHANNELS = ["mail", "chat", "pager", "hook"];

/** The section `notify` of a config with four channels, from the YAML of its receivers and routes. */
export function notifyOf(receiversAndRoutes: string): NotifyConfig {
  const channels = CHANNELS.map((name) => `    - { name: ${name}, kind: terminal, rate: none }`).join("\n");
  const text = `services: [{ name: api, source: host }]\nnotify:\n  channels:\n${channels}\n${indent(receiversAndRoutes)}\n`;
  const result = parseConfig(text);
  if (!result.ok)
    throw new Error(result.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return result.config.notify!;
}

const indent = (text: string) => text.trim().replace(/^/gm, "  ");
