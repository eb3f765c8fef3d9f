import type { Labels } from "./metric.ts";
import { compileRegex } from "./regex.ts";

/** As in Prometheus and Alertmanager: equal, not equal, matches and does not match a regular expression. */
export const OPERATORS = ["=", "!=", "=~", "!~"] as const;

/** A condition on one label. A label that is absent counts as empty. Regular expressions match the whole value. */
export interface Matcher {
  readonly name: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly value: string;
}

const MATCHER =
  /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|((?![=~])[^",{}]*?))\s*(?:,|$)/;

/**
 * Parses matchers as Alertmanager writes them, separated by commas: `entity=~"pay.*", severity="page"`. Quotes
 * and surrounding braces may be left out.
 * @throws RangeError with a sentence that says what is wrong
 */
export function parseMatchers(text: string): readonly Matcher[] {
  const matchers: Matcher[] = [];
  let rest = text.trim().replace(/^\{(.*)\}$/s, "$1");
  while (rest.trim() !== "") {
    const found = MATCHER.exec(rest);
    if (found === null)
      throw new RangeError(`cannot read "${rest.trim()}"; write label="value" or label=~"regex"`);
    const [all, name, operator, quoted, plain] = found;
    const value = quoted === undefined ? plain! : quoted.replace(/\\(.)/g, "$1");
    const matcher = { name: name!, operator: operator as Matcher["operator"], value };
    compile(matcher);
    matchers.push(matcher);
    rest = rest.slice(all.length);
  }
  if (matchers.length === 0)
    throw new RangeError('needs at least one matcher, such as entity="payment-service"');
  return matchers;
}

export function matchersText(matchers: readonly Matcher[]): string {
  return matchers.map(({ name, operator, value }) => `${name}${operator}${JSON.stringify(value)}`).join(", ");
}

/** Whether the regular expression engine must be loaded before they can be compiled. */
export function needRegex(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ operator }) => operator === "=~" || operator === "!~");
}

/** Tests label sets against all of some matchers. Takes linear time, whatever the expression (RE2). */
export type LabelTest = (labels: Labels) => boolean;

/** @throws RangeError for an invalid regular expression */
export function compileMatchers(matchers: readonly Matcher[]): LabelTest {
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: compile(matcher) }));
  return (labels) => tests.every(({ name, test }) => test(labels[name] ?? ""));
}

function compile({ name, operator, value }: Matcher): (value: string) => boolean {
  if (operator === "=") return (actual) => actual === value;
  if (operator === "!=") return (actual) => actual !== value;
  let matches: (text: string) => boolean;
  try {
    matches = compileRegex(value);
  } catch (error) {
    throw new RangeError(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  return operator === "=~" ? matches : (actual) => !matches(actual);
}
