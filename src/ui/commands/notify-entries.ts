import type { Entry } from "../keymap/types.ts";
import type { View } from "../view.ts";

/** A test of each channel. */
export function notifyEntries({ snapshot, ui }: View): readonly Entry[] {
  const channels = snapshot.notifications?.channels ?? [];
  return channels.map(
    ({ name, kind }): Entry => ({
      title: `test channel ${name}: send a test over ${kind}`,
      shown: "",
      enabled: ui.moment === undefined ? true : "the screen is paused; End goes back to live",
      run: () => ({ command: { type: "test-channel", channel: name } }),
    }),
  );
}
