import type { Alert } from "../../core/alert.ts";
import { compileMatchers, parseMatchers } from "../../core/matchers.ts";
import type { UiState } from "../state.ts";
import { isActive } from "./style.ts";

/** Begins like a matcher: a name and an operator. */
const MATCHERS = /^\s*\{?\s*[A-Za-z_][A-Za-z0-9_]*\s*(=~|!~|!=|=)/;

export interface AlertFilter {
  readonly test: (alert: Alert) => boolean;
  /** Whether a text, such as the title of an incident, has all the words; false for matchers. */
  readonly matchesText: (text: string) => boolean;
  /** Why it cannot be read; it then matches nothing. */
  readonly problem: string | undefined;
}

const ALL: AlertFilter = { test: () => true, matchesText: () => true, problem: undefined };

let newest: { readonly text: string; readonly filter: AlertFilter } | undefined;

/**
 * A filter of alerts: words, all of which occur in the rule, entity, labels, severity, state or marks, ignoring case;
 * or matchers as Alertmanager writes them, over labels, `severity` and `state`. An empty text matches all.
 */
export function alertFilter(text: string): AlertFilter {
  // One regular expression is compiled once, not at each frame; one that was not ready is tried again.
  if (newest?.text !== text || newest.filter.problem !== undefined) newest = { text, filter: parsed(text) };
  return newest.filter;
}

function parsed(text: string): AlertFilter {
  if (text.trim() === "") return ALL;
  if (MATCHERS.test(text)) return byMatchers(text);
  const { matchesText } = wordFilter(text);
  return { test: (alert) => matchesText(wordsOf(alert)), matchesText, problem: undefined };
}

/** For titles: ", 2 of 5 match "pay"". */
export function filterNote(
  { alertFilter: text }: Pick<UiState, "alertFilter">,
  all: number,
  shown: number,
): string {
  const filter = text.trim();
  return filter === "" ? "" : `, ${shown} of ${all} match ${quoted(filter)}`;
}

/** Matchers have quotes of their own. */
export function quoted(filter: string): string {
  return filter.includes('"') ? filter : `"${filter}"`;
}

/** A filter by words alone, ignoring case. */
export function wordFilter(text: string): Pick<AlertFilter, "matchesText"> {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return {
    matchesText(candidate) {
      const words = candidate.toLowerCase();
      return wanted.every((word) => words.includes(word));
    },
  };
}

function byMatchers(text: string): AlertFilter {
  const nothing = () => false;
  try {
    const test = compileMatchers(parseMatchers(text));
    return {
      test: ({ labels, severity, state }) => test({ ...labels, severity, state }),
      matchesText: nothing,
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { test: nothing, matchesText: nothing, problem: error.message };
  }
}

function wordsOf(alert: Alert): string {
  const { rule, entity, labels, severity, state, acknowledged, silencedBy, suppressedBy, flapping, folded } =
    alert;
  return [
    rule,
    entity,
    severity,
    state,
    ...Object.values(labels),
    acknowledged === undefined ? "" : `acknowledged acked ${acknowledged.by}`,
    silencedBy === undefined ? "" : "silenced",
    suppressedBy === undefined ? "" : "suppressed",
    flapping ? "flapping" : "",
    folded ? "folded" : "",
    isActive(alert) ? "active" : "",
  ].join(" ");
}
