import { parseDuration } from "../../core/duration.ts";
import { type Matcher, matchersText } from "../../core/matchers.ts";
import { formatDuration } from "../../core/text.ts";
import type { Silence } from "../../monitor/types.ts";
import { currentSubject, markedAlerts, silenceMatchers, targetsOf } from "../alerts/targets.ts";
import type { Entry } from "../keymap/types.ts";
import type { View } from "../view.ts";

/** The lengths that are offered, ms. */
const LENGTHS = [30 * 60_000, 2 * 3_600_000, 8 * 3_600_000];

const LENGTH = "\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)";
/** `silence 2h REASON`: the alerts at the cursor, or the marked ones. */
const TYPED_LENGTH = new RegExp(`^silence\\s+(${LENGTH})(?:\\s+(.*))?$`, "i");
/** `silence MATCHER 2h REASON`: a pattern of entity names, or matchers as Alertmanager writes them. */
const TYPED = new RegExp(`^silence\\s+(\\S.*?)\\s+(${LENGTH})(?:\\s+(.*))?$`, "i");

/** The commands about silences: what is typed, some for what is selected, and the end of each silence. */
export function silenceEntries(view: View, typed: string): readonly Entry[] {
  const { selected, snapshot } = view;
  const target = alertTarget(view);
  const offered = [
    ...(target === undefined ? [] : LENGTHS.map((ms) => silenceEntry(target.title, target.matchers, ms, ""))),
    ...(selected === undefined
      ? []
      : LENGTHS.map((ms) => {
          const matchers = matchersText([equal("entity", selected.name)]);
          return silenceEntry(matchers, [matchers], ms, "");
        })),
  ];
  const ends = snapshot.silences.filter(({ endsAt }) => endsAt > snapshot.at).flatMap(endEntries);
  return [...typedEntries(view, typed), ...offered, ...ends];
}

const equal = (name: string, value: string): Matcher => ({ name, operator: "=", value });

interface Target {
  readonly title: string;
  readonly matchers: readonly string[];
}

/** The marked alerts, or what is at the cursor of a list of alerts. */
function alertTarget(view: View): Target | undefined {
  if (markedAlerts(view).length === 0 && currentSubject(view) === undefined) return undefined;
  const { alerts, what } = targetsOf(view);
  return alerts.length === 0 ? undefined : { title: what, matchers: silenceMatchers(alerts) };
}

function typedEntries(view: View, typed: string): readonly Entry[] {
  const text = typed.trim();
  const short = TYPED_LENGTH.exec(text);
  const target = short && (alertTarget(view) ?? selectedTarget(view));
  if (short && target) {
    const ms = parseDuration(short[1]!);
    const title = `${text}: ${target.title}`;
    return ms === undefined
      ? []
      : [{ ...silenceEntry(target.title, target.matchers, ms, short[2] ?? ""), title }];
  }
  const found = TYPED.exec(text);
  const durationMs = found === null ? undefined : parseDuration(found[2]!);
  if (found === null || durationMs === undefined) return [];
  const matchers = matchersOf(found[1]!);
  return [{ ...silenceEntry(matchers, [matchers], durationMs, found[3] ?? ""), title: text }];
}

function selectedTarget({ selected }: View): Target | undefined {
  if (selected === undefined) return undefined;
  const matchers = matchersText([equal("entity", selected.name)]);
  return { title: matchers, matchers: [matchers] };
}

/** A pattern of entity names, or matchers. */
export function matchersOf(target: string): string {
  return /[=~]/.test(target) ? target : `entity=~${JSON.stringify(target)}`;
}

function silenceEntry(what: string, matchers: readonly string[], durationMs: number, reason: string): Entry {
  return {
    title: `silence ${what} for ${formatDuration(durationMs)}`,
    shown: "",
    enabled: true,
    run: () => ({
      commands: matchers.map((each) => ({ type: "silence", matchers: each, durationMs, reason })),
      thenUnmark: true,
    }),
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
