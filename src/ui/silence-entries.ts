import { parseDuration } from "../core/duration.ts";
import { type Matcher, matchersText } from "../core/matchers.ts";
import { formatDuration } from "../core/text.ts";
import type { Silence } from "../monitor/types.ts";
import type { Entry } from "./keymap/types.ts";
import type { View } from "./view.ts";

/** The lengths that are offered, ms. */
const LENGTHS = [30 * 60_000, 2 * 3_600_000, 8 * 3_600_000];

/** `silence MATCHER 2h REASON`: a pattern of entity names, or matchers as Alertmanager writes them. */
const TYPED = /^silence\s+(\S.*?)\s+(\d+(?:\.\d+)?(?:ms|s|m|h|d))(?:\s+(.*))?$/i;

/** The commands about silences: what is typed, some for the selected entity, and the end of each silence. */
export function silenceEntries(view: View, typed: string): readonly Entry[] {
  const { selected, snapshot } = view;
  const own = typedEntry(typed);
  const offered =
    selected === undefined
      ? []
      : LENGTHS.map((ms) => silenceEntry(matchersText([equal("entity", selected.name)]), ms, ""));
  const ends = snapshot.silences.filter(({ endsAt }) => endsAt > snapshot.at).flatMap(endEntries);
  return [...(own === undefined ? [] : [own]), ...offered, ...ends];
}

const equal = (name: string, value: string): Matcher => ({ name, operator: "=", value });

function typedEntry(typed: string): Entry | undefined {
  const found = TYPED.exec(typed.trim());
  if (found === null) return undefined;
  const [, target, length, reason = ""] = found;
  const durationMs = parseDuration(length!);
  if (durationMs === undefined) return undefined;
  const matchers = /[=~]/.test(target!) ? target! : `entity=~${JSON.stringify(target)}`;
  return { ...silenceEntry(matchers, durationMs, reason), title: typed.trim() };
}

function silenceEntry(matchers: string, durationMs: number, reason: string): Entry {
  return {
    title: `silence ${matchers} for ${formatDuration(durationMs)}`,
    shown: "",
    enabled: true,
    run: () => ({ command: { type: "silence", matchers, durationMs, reason } }),
  };
}

function endEntries({ id, matchers, reason, author }: Silence): readonly Entry[] {
  const what = `silence ${id} on ${matchersText(matchers)}, by ${author}${reason === "" ? "" : `: ${reason}`}`;
  return [
    {
      title: `end ${what}`,
      shown: "",
      enabled: true,
      run: () => ({ command: { type: "end-silence", silence: id, afterMs: 0 } }),
    },
    {
      title: `extend ${what}, to 2h from now`,
      shown: "",
      enabled: true,
      run: () => ({ command: { type: "end-silence", silence: id, afterMs: 2 * 3_600_000 } }),
    },
  ];
}
