import { beforeAll, describe, expect, it } from "vitest";
import { loadRegexEngine } from "../../../src/core/regex.ts";
import { type SessionOptions, startSession } from "../harness.ts";

beforeAll(loadRegexEngine);

/** A service with two callers that is out of order: one incident with several alerts. */
const CALLED = `
window: 5s
services:
  - { name: left, base_latency: 20ms, rate: 40, error_rate: 0, calls: [{ service: back, timeout: 2s, retries: 0 }] }
  - { name: right, base_latency: 20ms, rate: 40, error_rate: 0, calls: [{ service: back, timeout: 2s, retries: 0 }] }
  - { name: back, base_latency: 40ms, rate: 10, error_rate: 0 }
`;

function broken(options: SessionOptions = {}) {
  const harness = startSession({ config: CALLED, ...options });
  harness.run(20);
  harness.press("jjfo");
  harness.run(25);
  harness.press("3g");
  const view = () => harness.session.view();
  const active = () => view().snapshot.alerts.filter(({ state }) => state === "firing");
  expect(active().length).toBeGreaterThan(2);
  return {
    ...harness,
    view,
    active,
    cursor: () => view().ui.cursors.console,
    text: () => harness.screen().join("\n"),
  };
}

describe("an incident in the console", () => {
  it("is one row, that Right expands and Left closes, also from one of its alerts", () => {
    const { press, text, cursor, footer } = broken();
    const rows = () => text().match(/SERVICE_DOWN|HIGH_ERROR_RATE/g)?.length ?? 0;
    const closed = rows();
    expect(text()).toMatch(/back down, \d suppressed/);
    press("<right>");
    expect(rows()).toBeGreaterThan(closed);
    press("<right>");
    expect(footer()).toContain("listed already");
    press("jj<left>");
    expect(rows()).toBe(closed);
    expect(cursor()).toMatch(/^incident:/);
    press("<left>");
    expect(footer()).toContain("hidden already");
  });

  it("is acknowledged as a whole, and again not", () => {
    const { press, view, active } = broken();
    press("a");
    expect(view().snapshot.incidents[0]).toMatchObject({
      state: "acknowledged",
      acknowledged: { by: "operator" },
    });
    press("a");
    expect(view().snapshot.incidents[0]?.state).toBe("open");
    expect(active().every(({ acknowledged }) => acknowledged === undefined)).toBe(true);
  });

  it("opens with Enter: its cause, times, alerts and timeline, and from there each alert and the entity", () => {
    const { press, text, view, run } = broken();
    run(3);
    press("<enter>");
    expect(view().ui.view).toBe("incident");
    for (const part of [
      /outage on back, injected by operator/,
      /detected +after \d+/,
      /acked +not yet/,
      /timeline of #1/,
    ])
      expect(text()).toMatch(part);
    press("<enter>");
    expect(view().ui.view).toBe("alert");
    expect(text()).toMatch(/fired/);
    expect(text()).toMatch(/around the alert/);
    press("<enter>");
    expect(view().ui.view).toBe("detail");
    expect(view().selected?.name).toBe("back");
    press("<esc><esc><esc>");
    expect(view().ui.view).toBe("alerts");
  });
});

describe("marks", () => {
  it("choose alerts for a common action, which removes them", () => {
    const { press, active, view, footer } = broken();
    press("<right>jvjv");
    expect(view().ui.marked.size).toBe(2);
    const marked = [...view().ui.marked];
    press("a");
    expect(footer()).toContain("2 alerts acknowledged");
    const acknowledged = active().filter((alert) => alert.acknowledged !== undefined);
    expect(acknowledged.map(({ fingerprint }) => fingerprint).sort()).toEqual(marked.sort());
    expect(view().ui.marked.size).toBe(0);
  });

  it("take all that the filter shows with *, and Esc removes them before anything else", () => {
    const { press, active, view } = broken();
    press("*");
    expect([...view().ui.marked].sort()).toEqual(
      active()
        .map(({ fingerprint }) => fingerprint)
        .sort(),
    );
    press("*");
    expect(view().ui.marked.size).toBe(0);
    press('/entity="back"<enter>*');
    const own = active().filter(({ entity }) => entity === "back");
    expect([...view().ui.marked].sort()).toEqual(own.map(({ fingerprint }) => fingerprint).sort());
    press("<esc>");
    expect(view().ui.marked.size).toBe(0);
    expect(view().ui).toMatchObject({ view: "alerts", alertFilter: 'entity="back"' });
    press("<esc>");
    expect(view().ui.alertFilter).toBe("");
    expect(view().ui.view).toBe("alerts");
  });

  it("silence exactly the marked alerts, with a reason", () => {
    const { press, active, view } = broken();
    press("/left<enter>*/<ctrl+u><enter>m2h deploying<enter>");
    const { silences } = view().snapshot;
    expect(silences).toMatchObject([{ reason: "deploying", author: "operator" }]);
    const silenced = active().filter(({ silencedBy }) => silencedBy !== undefined);
    expect(silenced.length).toBeGreaterThan(0);
    for (const alert of active()) expect(alert.silencedBy !== undefined).toBe(alert.entity === "left");
  });
});

describe("closing by hand", () => {
  it("resolves what is at the cursor, and says so in its timeline", () => {
    const { press, active, view, text } = broken();
    press("<right>j");
    const key = view().ui.cursors.console;
    const before = active().length;
    press("r");
    expect(active().length).toBe(before - 1);
    expect(view().snapshot.alerts.find(({ fingerprint }) => fingerprint === key)?.state).toBe("resolved");
    expect(view().ui.cursors.console).toBe(key);
    press("<enter>");
    expect(text()).toMatch(/resolved +operator/);
  });
});

describe("the keys of alerts in the past", () => {
  it("do nothing and say why", () => {
    const { press, footer, active } = broken();
    press("<space>");
    for (const key of ["a", "r", "m", "e"]) {
      press(key);
      expect(footer(), key).toContain("the screen is paused");
    }
    expect(active().every(({ acknowledged }) => acknowledged === undefined)).toBe(true);
  });
});

describe("the filter of alerts", () => {
  it("leaves the entities of other views alone, and is shown in the title", () => {
    const { press, text, view } = broken();
    press('/severity="page"<enter>');
    expect(text()).toMatch(/\d of \d+ match severity="page"/);
    expect(view().entities).toHaveLength(3);
    press("/<ctrl+u>x=~(<enter>");
    expect(text()).toContain("invalid regular expression");
    press("/<ctrl+u>nothing like that<enter>");
    expect(text()).toContain('no alert matches "nothing like that"');
  });
});

describe("the pages of the console", () => {
  it("follow each other with Tab in both directions, and Esc returns to the alerts", () => {
    const { press, view } = broken();
    const at = () => view().ui.view;
    const seen = [at()];
    do {
      press("<tab>");
      if (at() !== seen.at(-1)) seen.push(at());
    } while (at() !== "alerts" && seen.length < 9);
    expect(seen).toEqual(["alerts", "rules", "silences", "statistics", "alerts"]);
    press("<shift+tab>");
    expect(at()).toBe("statistics");
    press("<esc>");
    expect(at()).toBe("alerts");
  });

  it("list silences with their ends; e extends and r ends one", () => {
    const { press, text, view } = broken();
    press('mentity="back" 2h why<enter><tab><tab>');
    expect(text()).toMatch(/active +2h .*by operator: why/);
    press("e");
    expect(text()).toMatch(/active +4h /);
    press("r");
    expect(text()).toMatch(/ended/);
    expect(view().snapshot.alerts.every(({ silencedBy }) => silencedBy === undefined)).toBe(true);
  });
});

describe("the list of rules", () => {
  it("disables and enables the rule at the cursor, for all to see", () => {
    const { press, text, view, run } = broken();
    press("<tab>");
    const name = view().snapshot.rules[0]!.name;
    const isEnabled = () =>
      view()
        .snapshot.rules.filter((rule) => rule.name === name)
        .every(({ enabled }) => enabled);
    expect(isEnabled()).toBe(true);
    press("e");
    run(1);
    expect(isEnabled()).toBe(false);
    expect(text()).toMatch(new RegExp(`disabled +${name}`));
    expect(view().snapshot.events[0]).toMatchObject({ actor: "operator" });
    press("e");
    run(1);
    expect(isEnabled()).toBe(true);
  });

  it("opens the test of a rule, which shows the state after each typed value", () => {
    const { press, text, view } = broken();
    press("<tab>/HIGH_LATENCY<enter><enter>");
    expect(view().ui.mode.type).toBe("rule-test");
    press("95 5000 5000");
    expect(text()).toMatch(/1 +95 +. inactive/);
    expect(text()).toMatch(/[23] +5000 +. (firing|pending)/);
    press(" x");
    expect(text()).toContain('"x" is not a number');
    press("<esc>");
    expect(view().ui).toMatchObject({ view: "rules", mode: { type: "browse" } });
  });

  it("says in the footer what e needs where no rule is at the cursor", () => {
    const { press, footer } = broken();
    press("e");
    expect(footer()).toContain("no rule or silence is at the cursor");
  });
});
