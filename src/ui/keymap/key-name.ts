import type { Key } from "ink";

const NAMED = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "delete"],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** The name of a key press: "q", "G", "up", "shift+tab", "ctrl+c", "space". Empty for other input. */
export function keyName(input: string, key: Key): string {
  if (key.tab) return key.shift ? "shift+tab" : "tab";
  const named = NAMED.find(([flag]) => key[flag]);
  if (named) return named[1];
  if (key.ctrl) return `ctrl+${input}`;
  if (key.meta) return `meta+${input}`;
  return input === " " ? "space" : input;
}

/** Control characters in a sequence of keys; a single one arrives as a named key. */
const CONTROLS: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b": "esc",
  "\x03": "ctrl+c",
  "\x1a": "ctrl+z",
  " ": "space",
};

/**
 * The key presses of one input event, which contains several if keys are typed quickly or sent by a program.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  const name = keyName(input, key);
  if (name !== input || input.length < 2) return [name];
  return [...input].map((char) => CONTROLS[char] ?? char);
}
