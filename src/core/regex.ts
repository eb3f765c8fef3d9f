import type { RE2JS } from "re2js";

/** Longer expressions have no use, and take memory in proportion to their length. */
const LONGEST = 1_000;

/** RE2 (the syntax of Prometheus and Alertmanager): linear time, whatever the expression and the text. */
let engine: typeof RE2JS | undefined;

/**
 * Loads the engine. It is large and most runs need none, so it is not part of the start: call this before the
 * first expression can be compiled, after the first frame or when a config is read.
 */
export async function loadRegexEngine(): Promise<void> {
  engine ??= (await import("re2js")).RE2JS;
}

export function isRegexReady(): boolean {
  return engine !== undefined;
}

/**
 * A test whether a whole text matches an expression.
 * @throws RangeError with a sentence that says what is wrong with the expression
 */
export function compileRegex(expression: string): (text: string) => boolean {
  if (engine === undefined) throw new RangeError("regular expressions are not ready yet; try again");
  if (expression.length > LONGEST) {
    throw new RangeError(`the regular expression is longer than ${LONGEST} characters`);
  }
  try {
    const compiled = engine.compile(expression, engine.DOTALL);
    return (text) => compiled.matches(text);
  } catch (error) {
    // Without the flag that was set here, and not by the user.
    const reason = (error instanceof Error ? error.message : String(error)).replace("(?s)", "");
    throw new RangeError(`invalid regular expression: ${reason}`);
  }
}
