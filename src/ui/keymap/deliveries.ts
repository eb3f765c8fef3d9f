import { chosenDelivery } from "../deliveries/delivery-text.ts";
import { cursorIndex } from "../panels/cursor.ts";
import type { View } from "../view.ts";
import { PAUSED } from "./alerts.ts";
import type { Binding } from "./types.ts";

const CHANNELS = "channels";

/** The channel at the cursor, or that of the delivery at the cursor of the list. */
function chosenChannel(view: View): string | undefined {
  const names = (view.snapshot.notifications?.channels ?? []).map(({ name }) => name);
  if (view.ui.focus === CHANNELS) return names[cursorIndex(view, { id: CHANNELS }, names)];
  return chosenDelivery(view)?.notification.channel ?? names[0];
}

/** True in the view of deliveries, else why a key does nothing. */
function inDeliveries({ ui, snapshot }: View): true | string {
  if (ui.view !== "deliveries" && ui.view !== "delivery")
    return "this is for deliveries; press 9 to list them";
  if (ui.moment !== undefined) return PAUSED;
  return snapshot.notifications === undefined ? "nobody is notified: the config has no section notify" : true;
}

export const deliveryBindings: readonly Binding[] = [
  {
    keys: ["T"],
    shown: "T",
    word: "test channel",
    description: "send a test over the channel at the cursor of the deliveries or channels",
    group: "alerts",
    footer: 30,
    when: (view) => {
      const can = inDeliveries(view);
      if (can !== true) return can;
      return chosenChannel(view) === undefined ? "there is no channel" : true;
    },
    run: (view) => ({ command: { type: "test-channel", channel: chosenChannel(view)! } }),
  },
  {
    keys: ["R"],
    shown: "R",
    word: "retry",
    description: "send the failed delivery at the cursor again",
    group: "alerts",
    footer: 31,
    when: (view) => {
      const can = inDeliveries(view);
      if (can !== true) return can;
      return chosenDelivery(view)?.state === "failed" ? true : "the delivery at the cursor has not failed";
    },
    run: (view) => ({ command: { type: "retry-delivery", key: chosenDelivery(view)!.notification.key } }),
  },
];
