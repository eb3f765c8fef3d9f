import { useInput, usePaste } from "ink";
import { keyNames } from "../keymap/key-name.ts";
import type { Session } from "../session.ts";

/** Hands keys and pasted text to the session; the only place where keys are heard. */
export function useKeys(session: Session): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) session.press(name);
  });
  usePaste((text) => session.paste(text));
}
