import type { RuleSnapshot, Silence } from "../../monitor/types.ts";
import { ruleAt, silenceAt } from "../alerts/page-items.ts";
import { isActive } from "../alerts/style.ts";
import { asIntent, commandOn, targetsOf } from "../alerts/targets.ts";
import type { View } from "../view.ts";
import type { Binding } from "./types.ts";

const PAUSED = "the screen is paused; End goes back to live";
/** How much longer a silence lasts after one press, ms. */
export const EXTENSION_MS = 2 * 3_600_000;

function currentSilence(view: View): Silence | undefined {
  return view.ui.focus === "silences" ? silenceAt(view) : undefined;
}

function currentRule(view: View): RuleSnapshot | undefined {
  return view.ui.focus === "rules" ? ruleAt(view) : undefined;
}

const isOver = ({ endsAt }: Silence, { snapshot }: View) => endsAt <= snapshot.at;

/** Keys for what is at the cursor of a page of the alerts: an alert, a rule, a silence. */
export const pageBindings: readonly Binding[] = [
  {
    keys: ["r"],
    shown: "r",
    word: "resolve",
    wordNow: (view) => (currentSilence(view) ? "end silence" : undefined),
    description: "resolve the marked alerts or that at the cursor by hand, or end the silence at the cursor",
    group: "alerts",
    footer: 44,
    when: (view) => {
      if (view.ui.moment !== undefined) return PAUSED;
      const silence = currentSilence(view);
      if (silence) return isOver(silence, view) ? "this silence has ended already" : true;
      if (!targetsOf(view).alerts.some(isActive)) return "no active alert is at the cursor";
      return targetsOf(view).alerts.some(({ state }) => state === "firing")
        ? true
        : "a pending alert has not fired yet; it ends with its condition";
    },
    run: (view) => {
      const silence = currentSilence(view);
      if (silence) return { command: { type: "end-silence", silence: silence.id, afterMs: 0 } };
      const targets = targetsOf(view);
      const firing = targets.alerts.filter(({ state }) => state === "firing");
      return asIntent(view, commandOn("resolve", targets, firing));
    },
  },
  {
    keys: ["e"],
    shown: "e",
    word: "enable",
    wordNow: (view) => {
      if (currentSilence(view)) return "extend 2h";
      return currentRule(view)?.enabled ? "disable" : undefined;
    },
    description: "enable or disable the rule at the cursor, or extend the silence at the cursor by 2h",
    group: "alerts",
    footer: 44,
    when: (view) => {
      if (view.ui.moment !== undefined) return PAUSED;
      if (currentRule(view) || currentSilence(view)) return true;
      return "no rule or silence is at the cursor; Tab in view 3 lists them";
    },
    run: (view) => {
      const rule = currentRule(view);
      if (rule) return { command: { type: rule.enabled ? "disable-rule" : "enable-rule", rule: rule.name } };
      const silence = currentSilence(view)!;
      const afterMs = Math.max(0, silence.endsAt - view.live.at) + EXTENSION_MS;
      return { command: { type: "end-silence", silence: silence.id, afterMs } };
    },
  },
];
