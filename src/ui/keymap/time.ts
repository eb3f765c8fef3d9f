import type { View } from "../view.ts";
import type { Binding, Intent } from "./types.ts";

const isPaused = ({ ui }: View) => ui.moment !== undefined;

/**
 * The newest instant. Faults are injected between ticks, so an event can be newer than the snapshot.
 */
const newestOf = ({ live, ui }: View) => Math.max(live.at, ui.moment ?? live.at);

/** Moves one tick back or forward from the shown instant; a step from the live screen pauses it. */
function step(view: View, direction: 1 | -1): Intent {
  const { at, live } = view;
  return {
    ui: {
      type: "moment",
      at: Math.max(live.startedAt, Math.min(newestOf(view), at + direction * live.tickMs)),
    },
  };
}

/**
 * The nearest event (a change of health, an alert, a fault) before or after the shown instant. From the live
 * screen the newest one, even after the newest tick.
 */
function nearestEvent({ live, ui }: View, direction: 1 | -1): number | undefined {
  const from = ui.moment ?? Number.POSITIVE_INFINITY;
  let nearest: number | undefined;
  for (const { at } of live.events) {
    const isBeyond = direction > 0 ? at > from : at < from;
    const isNearer = nearest === undefined || (direction > 0 ? at < nearest : at > nearest);
    if (isBeyond && isNearer) nearest = at;
  }
  return nearest;
}

function jump(view: View, direction: 1 | -1): Intent {
  const at = nearestEvent(view, direction);
  if (at !== undefined) return { ui: { type: "moment", at } };
  return {
    refused: direction < 0 ? "there is no earlier event" : "there is no later event; End goes back to live",
  };
}

const AT_END = "this is the newest moment";

export const timeBindings: readonly Binding[] = [
  {
    keys: ["space"],
    shown: "Space",
    word: "pause",
    wordNow: (view) => (isPaused(view) ? "resume" : undefined),
    description: "pause the screen, or go back to live; collection continues",
    group: "time",
    footer: 70,
    run: (view) => ({ ui: { type: "moment", at: isPaused(view) ? undefined : view.live.at } }),
  },
  {
    keys: ["["],
    shown: "[",
    word: "back",
    description: "one tick back, for everything on screen",
    group: "time",
    footer: 72,
    when: ({ at, live }) => (at > live.startedAt ? true : "there is no data from before the start"),
    run: (view) => step(view, -1),
  },
  {
    keys: ["]"],
    shown: "]",
    word: "forward",
    description: "one tick forward",
    group: "time",
    footer: 73,
    when: (view) => (view.at < newestOf(view) ? true : AT_END),
    run: (view) => step(view, 1),
  },
  {
    keys: ["{"],
    shown: "{",
    word: "prev event",
    description: "previous event: a change of health, an alert, a fault",
    group: "time",
    footer: 74,
    when: ({ live }) => (live.events.length > 0 ? true : "there are no events yet"),
    run: (view) => jump(view, -1),
  },
  {
    keys: ["}"],
    shown: "}",
    word: "next event",
    description: "next event",
    group: "time",
    when: (view) => (isPaused(view) ? true : AT_END),
    run: (view) => jump(view, 1),
  },
  {
    keys: ["@"],
    shown: "@",
    word: "go to",
    description: "go to a time: -2m, 14:03, 14:03:20",
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
    when: (view) => (isPaused(view) ? true : "the screen is already live"),
    run: () => ({ ui: { type: "moment", at: undefined } }),
  },
];
