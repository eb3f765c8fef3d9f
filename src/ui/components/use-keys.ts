import { useInput, usePaste } from "ink";
import { keyNames } from "../keymap/key-name.ts";
import type { Session } from "../session.ts";

/** Passes keys and pasted text to the session; the only place that reads keys. */
export function useKeys(session: Session): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) session.press(name);
  });
  usePaste((text) => session.paste(text));
}
