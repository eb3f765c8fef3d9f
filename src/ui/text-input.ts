import type { UiAction } from "./reducer.ts";
import { filterOf, type UiState } from "./state.ts";

/** The text that keys go into, and the action that changes it. */
export interface TextInput {
  readonly text: string;
  readonly set: (text: string) => UiAction;
}

/** The text that is typed in the current mode; undefined: keys are commands. */
export function textInputOf(ui: UiState): TextInput | undefined {
  const { mode } = ui;
  switch (mode.type) {
    case "filter":
      return { text: filterOf(ui), set: (text) => ({ type: "filter-text", text }) };
    case "palette":
      return { text: mode.text, set: (text) => ({ type: "palette-text", text }) };
    case "go-to":
      return { text: mode.text, set: (text) => ({ type: "go-to-text", text }) };
    case "rule-test":
      return { text: mode.text, set: (text) => ({ ...mode, text }) };
    default:
      return undefined;
  }
}

/** The text after a key; undefined for a key that is not part of it. */
export function typed(text: string, key: string): string | undefined {
  if (key === "backspace" || key === "delete") return [...text].slice(0, -1).join("");
  if (key === "ctrl+u") return "";
  if (key === "space") return `${text} `;
  return [...key].length === 1 ? text + key : undefined;
}
