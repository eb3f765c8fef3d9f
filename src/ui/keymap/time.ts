import type { View } from "../view.ts";
import type { Binding, Intent } from "./types.ts";

const isPaused = ({ ui }: View) => ui.moment !== undefined;

/** One tick back or forth; a step from the live screen pauses it. */
function step(view: View, direction: 1 | -1): Intent {
  const { snapshot, live } = view;
  const at = Math.max(live.startedAt, Math.min(live.at, snapshot.at + direction * live.tickMs));
  return { ui: { type: "moment", at } };
}

/** To the nearest event (a change of health, an alert, a fault) before or after what is shown. */
function jump({ snapshot, live }: View, direction: 1 | -1): Intent {
  const instants = live.events.map(({ at }) => at);
  const at =
    direction < 0
      ? instants.find((instant) => instant < snapshot.at)
      : instants.findLast((instant) => instant > snapshot.at);
  if (at !== undefined) return { ui: { type: "moment", at } };
  return {
    refused: direction < 0 ? "there is no earlier event" : "there is no later event; End goes back to live",
  };
}

export const timeBindings: readonly Binding[] = [
  {
    keys: ["space"],
    shown: "Space",
    word: "pause",
    wordNow: (view) => (isPaused(view) ? "go on" : undefined),
    description: "hold the screen still, or follow again; collection goes on",
    group: "time",
    footer: 70,
    run: (view) => ({ ui: { type: "moment", at: isPaused(view) ? undefined : view.live.at } }),
  },
  {
    keys: ["["],
    shown: "[",
    word: "back",
    description: "one tick back; everything on screen moves there together",
    group: "time",
    footer: 72,
    when: ({ snapshot, live }) =>
      snapshot.at > live.startedAt ? true : "nothing is known of the time before",
    run: (view) => step(view, -1),
  },
  {
    keys: ["]"],
    shown: "]",
    word: "forth",
    description: "one tick forth",
    group: "time",
    footer: 73,
    when: ({ snapshot, live }) => (snapshot.at < live.at ? true : "this is the newest moment"),
    run: (view) => step(view, 1),
  },
  {
    keys: ["{"],
    shown: "{",
    word: "event before",
    description: "to the event before: a change of health, an alert, a fault",
    group: "time",
    footer: 74,
    when: ({ live }) => (live.events.length > 0 ? true : "nothing has happened yet"),
    run: (view) => jump(view, -1),
  },
  {
    keys: ["}"],
    shown: "}",
    word: "event after",
    description: "to the event after",
    group: "time",
    when: ({ snapshot, live }) => (snapshot.at < live.at ? true : "this is the newest moment"),
    run: (view) => jump(view, 1),
  },
  {
    keys: ["@"],
    shown: "@",
    word: "go to",
    description: "to a time that you type: -2m, 14:03, 14:03:20",
    group: "time",
    run: () => ({ ui: { type: "go-to-open" } }),
  },
  {
    keys: ["end"],
    shown: "End",
    word: "live",
    description: "back to live",
    group: "time",
    footer: 5,
    when: (view) => (isPaused(view) ? true : "the screen is live already"),
    run: () => ({ ui: { type: "moment", at: undefined } }),
  },
];
