import type { Alert } from "../../core/alert.ts";
import { compileMatchers, parseMatchers } from "../../core/matchers.ts";
import { isActive } from "../alerts/style.ts";
import { counted } from "../alerts/targets.ts";
import type { Entry } from "../keymap/types.ts";
import type { View } from "../view.ts";
import { matchersOf } from "./silence-entries.ts";

const TYPES = { ack: "acknowledge", unack: "unacknowledge", resolve: "resolve" } as const;
type Word = keyof typeof TYPES;

/** `ack PATTERN`: a pattern of entity names or of rules, or matchers. */
const TYPED = /^(ack|unack|resolve)\s+(\S.*)$/i;

/** The typed command about alerts, if it is one. */
export function alertEntries(view: View, typed: string): readonly Entry[] {
  const found = TYPED.exec(typed.trim());
  if (found === null) return [];
  const word = found[1]!.toLowerCase() as Word;
  const alerts = matching(view, found[2]!);
  if (typeof alerts === "string") return [entry(typed.trim(), alerts, word, [])];
  const able = alerts.filter((alert) => isAble(alert, word));
  const title = `${typed.trim()}: ${counted(able.length, "alert")}`;
  return [entry(title, able.length > 0 ? true : `no active alert matches ${found[2]}`, word, able)];
}

function entry(title: string, enabled: true | string, word: Word, alerts: readonly Alert[]): Entry {
  const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
  return {
    title,
    shown: "",
    enabled,
    run: () => ({ commands: [{ type: TYPES[word], alerts: fingerprints }] }),
  };
}

function isAble({ state, acknowledged }: Alert, word: Word): boolean {
  if (word === "resolve") return state === "firing";
  return (acknowledged === undefined) === (word === "ack");
}

/** Active alerts whose entity or rule matches; or a sentence about a pattern that cannot be read. */
function matching({ live }: View, pattern: string): readonly Alert[] | string {
  try {
    const texts = /[=~]/.test(pattern)
      ? [matchersOf(pattern)]
      : [matchersOf(pattern), `alertname=~${JSON.stringify(pattern)}`];
    const tests = texts.map((text) => compileMatchers(parseMatchers(text)));
    return live.alerts.filter((alert) => {
      const labels = { ...alert.labels, severity: alert.severity, state: alert.state };
      return isActive(alert) && tests.some((test) => test(labels));
    });
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
