import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSession, type Session } from "../../src/ui/session.ts";
import { openSession, startSession } from "./harness.ts";

const FIVE = `services:
  - { name: alpha, base_latency: 10ms, error_rate: 0 }
  - { name: beta, base_latency: 300ms, error_rate: 0, labels: { team: blue } }
  - { name: gamma, base_latency: 20ms, error_rate: 0 }
  - { name: delta, base_latency: 90ms, error_rate: 0 }
  - { name: epsilon, base_latency: 50ms, error_rate: 0, labels: { team: blue } }
`;
const start = () => {
  const harness = startSession({ config: FIVE });
  harness.run(5);
  return { ...harness, names: () => harness.session.view().entities.map(({ name }) => name) };
};

/** Presses `s` until the table is sorted by this. */
function sortBy(session: Session, sort: string): void {
  for (let presses = 0; session.view().ui.sort !== sort && presses < 30; presses++) session.press("s");
  expect(session.view().ui.sort).toBe(sort);
}

describe("moving", () => {
  it("selects with j k g G and the arrows, and stops at both ends", () => {
    const { session, press } = start();
    const selected = (keys: string) => {
      press(keys);
      return session.view().selected?.name;
    };
    expect(selected("k")).toBe("alpha");
    expect(selected("jj")).toBe("gamma");
    expect(selected("<up>")).toBe("beta");
    expect(selected("G")).toBe("epsilon");
    expect(selected("j")).toBe("epsilon");
    expect(selected("g")).toBe("alpha");
    expect(selected("<pagedown>")).toBe("epsilon");
  });

  it("opens the detail of the selected entity and comes back with Esc, which never quits", () => {
    const { session, press, quits } = start();
    press("j<enter>");
    expect(session.view().ui.view).toBe("detail");
    expect(session.view().selected?.name).toBe("beta");
    press("<esc><esc><esc>");
    expect(session.view().ui.view).toBe("overview");
    expect(quits()).toBe(0);
    press("q");
    expect(quits()).toBe(1);
  });

  it("moves the focus to the next panel and back", () => {
    const { session, press } = start();
    press("<tab>");
    expect(session.view().ui.focus).toBe("alerts");
    press("<shift+tab>");
    expect(session.view().ui.focus).toBe("entities");
  });
});

describe("filter and sort", () => {
  it("filters by name or label while typing, runs no command by a letter, and keeps the selection", () => {
    const { session, press, names, quits } = start();
    press("G/blueq");
    expect(names()).toEqual([]);
    expect(quits()).toBe(0);
    press("<backspace>");
    expect(names()).toEqual(["beta", "epsilon"]);
    expect(session.view().selected?.name).toBe("epsilon");
    press("<enter>");
    expect(session.view().ui.mode.type).toBe("browse");
    press("<esc>");
    expect(names()).toHaveLength(5);
    expect(session.view().selected?.name).toBe("epsilon");
  });

  it("discards typed text with Esc and restores the previous filter", () => {
    const { press, names } = start();
    press("/blue<enter>/alp<esc>");
    expect(names()).toEqual(["beta", "epsilon"]);
  });

  it("sorts by each column in turn, reversed with S, and keeps the selected entity", () => {
    const { session, press, names } = start();
    press("jj");
    press("ss");
    expect(session.view().ui.sort).toBe("name");
    expect(names()).toEqual(["alpha", "beta", "delta", "epsilon", "gamma"]);
    press("S");
    expect(names()[0]).toBe("gamma");
    sortBy(session, "p99");
    expect(names()[0]).toBe("beta");
    expect(session.view().selected?.name).toBe("gamma");
  });
});

describe("the selection", () => {
  it("stays on its entity while sorting, even if it was never moved", () => {
    const { session } = start();
    sortBy(session, "p99");
    expect(session.view().selected?.name).toBe("alpha");
  });
});

describe("faults", () => {
  it("injects with f and the fault's key, with the chosen intensity and duration", () => {
    const { monitor, press, footer } = start();
    press("jfl");
    expect(monitor.snapshot().faults[0]).toMatchObject({
      entity: "beta",
      kind: "latency",
      params: { latency: 800 },
    });
    expect(footer()).toContain("latency +800 ms on beta, for 1m");
    press("f+<right>l");
    const [newest] = monitor.snapshot().faults;
    expect(newest).toMatchObject({ kind: "latency", params: { latency: 1600 } });
    expect(newest!.endsAt - newest!.injectedAt).toBe(120_000);
  });

  it("changes only the choice at the cursor, and counts no steps beyond its ends", () => {
    const { monitor, press, session } = start();
    const steps = () => {
      const { mode } = session.view().ui;
      return mode.type === "fault-menu" ? mode.steps : undefined;
    };
    press("f+++++++++");
    const end = steps();
    press("+");
    expect(steps()).toEqual(end);
    press("j-");
    expect(Object.keys(steps()!)).toHaveLength(2);
    press("k-l");
    // One step back from the end takes effect, and the other choice did not change it.
    const { levels } = monitor.kinds.faults.find(({ kind }) => kind === "latency")!.params.latency as {
      levels: readonly number[];
    };
    expect(monitor.snapshot().faults[0]!.params).toEqual({ latency: levels.at(-2) });
    press("f>>>>>>>>>>><l");
    const [card] = monitor.snapshot().faults;
    expect(card!.endsAt - card!.injectedAt).toBe(900_000);
  });

  it("injects the fault at the cursor with Enter", () => {
    const { monitor, press } = start();
    press("fjj<enter>");
    expect(monitor.snapshot().faults[0]).toMatchObject({ entity: "alpha", kind: "errors" });
  });

  it("clears with x and X, and shows in the footer why that is not possible", () => {
    const { monitor, press, footer } = start();
    press("x");
    expect(footer()).toContain("no fault is active on alpha");
    press("flX");
    expect(monitor.snapshot().faults[0]!.endedBy).toBe("operator");
    expect(footer()).toContain("cleared latency +800 ms anywhere");
  });

  it("shows the keys in the footer again after a while", () => {
    const { press, run, footer } = start();
    press("x");
    run(5);
    expect(footer()).toContain("no fault is active on alpha");
    run(2);
    expect(footer()).toContain("f fault");
  });

  it("does not open the menu on an entity that cannot be broken, and shows why", () => {
    const harness = startSession({ config: "services: [{ name: here, source: host }]" });
    harness.press("f");
    expect(harness.session.view().ui.mode.type).toBe("browse");
    expect(harness.footer()).toContain("here cannot be broken");
  });

  it("lists a fault that would have no effect and refuses it with the reason", () => {
    const { monitor, press, footer, session } = start();
    press("fd");
    expect(monitor.snapshot().faults).toEqual([]);
    expect(footer()).toContain("it calls no other service");
    press("l");
    expect(session.view().ui.mode.type).toBe("browse");
    expect(monitor.snapshot().faults).toHaveLength(1);
  });

  it("shows how to close the menu for a key without effect in it", () => {
    const { press, footer, session } = start();
    press("f/");
    expect(footer()).toContain("Esc closes this");
    press("<esc>");
    expect(session.view().ui.mode.type).toBe("browse");
  });
});

describe("time", () => {
  /** A fault on alpha that started, was detected, ended, left the window, and recovered. */
  const afterFault = () => {
    const harness = start();
    harness.run(15);
    harness.press("f++l");
    harness.run(20);
    harness.press("x");
    harness.run(60);
    return harness;
  };

  it("pauses while collection continues, shows the delay, and is rarely drawn", () => {
    const { session, press, run, screen, monitor } = start();
    press("<space>");
    const held = session.view().snapshot;
    let calls = 0;
    session.subscribe(() => {
      calls += 1;
    });
    run(9);
    expect(calls).toBe(0);
    run(33);
    expect(calls).toBe(4);
    expect(session.view().snapshot).toBe(held);
    expect(monitor.snapshot().at - held.at).toBe(42_000);
    press("j");
    expect(screen()[0]).toMatch(/P A U S E D {3}42 s behind live/);
    press("<end>");
    expect(session.view().snapshot).toBe(monitor.snapshot());
    expect(screen()[0]).not.toContain("P A U S E D");
  });

  it("moves by ticks, not before the start and not beyond now", () => {
    const { session, press, footer } = start();
    const now = session.view().snapshot.at;
    press("[[");
    expect(session.view().snapshot.at).toBe(now - 1_000);
    press("]]");
    expect(session.view().snapshot.at).toBe(now);
    press("]");
    expect(footer()).toContain("this is the newest moment");
    press("@-9h<enter>[");
    expect(footer()).toContain("there is no data from before the start");
  });

  it("jumps to events, and shows the alerts, faults and values of that instant", () => {
    const { session, press, screen } = afterFault();
    expect(
      session
        .view()
        .snapshot.alerts.filter(({ entity, state }) => entity === "alpha" && state !== "resolved"),
    ).toEqual([]);
    const fired = session
      .view()
      .snapshot.events.find(({ text }) => text.startsWith("HIGH_LATENCY fires on alpha"))!;
    let jumps = 0;
    while (session.view().snapshot.at > fired.at && jumps < 50) {
      press("{");
      jumps += 1;
    }
    expect(session.view().snapshot.at).toBe(fired.at);
    const text = screen().join("\n");
    const severity = /\((\w+)\)/.exec(fired.text)![1]!;
    const health = { warning: "DEGRADED", critical: "CRITICAL" }[severity];
    expect(text).toMatch(new RegExp(`alpha +\\S ${health}`));
    // Its incident has a title of its own as soon as a second alert belongs to it.
    expect(text).toMatch(new RegExp(`${severity} +(HIGH_LATENCY +)?alpha`));
    expect(text).toMatch(/latency \+3,200 ms on alpha +ends in/);
    press("}");
    expect(session.view().snapshot.at).toBeGreaterThan(fired.at);
  });

  it("goes to a typed time, and rejects invalid times and times without data", () => {
    const { session, press, footer } = afterFault();
    const { at: now, startedAt } = session.view().live;
    press("@-30s<enter>");
    expect(session.view().snapshot.at).toBe(now - 30_000);
    press("@soon<enter>");
    expect(footer()).toContain('"soon" is not a time; examples: -2m');
    press("@-2d<enter>");
    expect(session.view().snapshot.at).toBe(startedAt);
    expect(footer()).toContain("the earliest data");
    press("@-30s<esc>");
    expect(session.view().snapshot.at).toBe(startedAt);
  });

  it("notes that a fault injected on a paused screen is not shown there", () => {
    const { press, footer, monitor } = start();
    press("<space>fl");
    expect(monitor.snapshot().faults).toHaveLength(1);
    expect(footer()).toContain("the screen is paused");
  });
});

describe("the command palette", () => {
  it("finds commands by their words and runs them", () => {
    const { monitor, press } = start();
    press(":inject error<enter>");
    expect(monitor.snapshot().faults[0]).toMatchObject({ kind: "errors", entity: "alpha" });
  });

  it("opens entities, and reports if nothing was found", () => {
    const { session, press, footer } = start();
    press(":go to delta<enter>");
    expect(session.view().ui.view).toBe("detail");
    expect(session.view().selected?.name).toBe("delta");
    press(":zzz<enter>");
    expect(footer()).toContain('no command matches "zzz"');
  });
});

describe("pasting", () => {
  it("is ignored, except while a filter is typed", () => {
    const { session, press, footer, names, quits } = start();
    session.paste("qXfl\x1b[31m");
    expect(quits()).toBe(0);
    expect(footer()).toContain("pasted text is ignored");
    press("/");
    session.paste("gam\n");
    expect(names()).toEqual(["gamma"]);
  });
});

describe("the cursor of a panel", () => {
  /** Alerts at different times on three services; the cursor is on the first of two. */
  const withAlerts = () => {
    const harness = start();
    const marked = () => {
      const rows = harness.session.view();
      const panel = rows.layout.focusable.find(({ panel: { id } }) => id === rows.ui.focus)!.panel;
      const items = rows.itemsIn(panel);
      const key = rows.ui.cursors[panel.id];
      return { items, key, entity: key === undefined ? undefined : rows.entityOf(panel, key) };
    };
    const breakNext = () => {
      harness.press("1");
      harness.press("jf+l");
      harness.run(15);
      harness.press("3");
    };
    return { ...harness, marked, breakNext };
  };

  it("stays on the same alert when newer ones appear above it, even if it was never moved", () => {
    const { marked, breakNext, session, screen } = withAlerts();
    breakNext();
    const { key, items } = marked();
    expect(items).toContain(key);
    const { entity } = marked();
    breakNext();
    expect(marked().items.length).toBeGreaterThan(items.length);
    expect(marked().key).toBe(key);
    expect(marked().items[0]).not.toBe(key);
    expect(screen().length).toBeGreaterThan(0);
    session.press("enter");
    expect(session.view().ui.view).toMatch(/^(alert|incident)$/);
    expect(screen().join("\n")).toContain(entity);
    session.press("esc");
    expect(session.view().ui.view).toBe("alerts");
    expect(marked().key).toBe(key);
  });

  it("stays on the same alert through time jumps, also to a time before it", () => {
    const { marked, breakNext, press } = withAlerts();
    breakNext();
    breakNext();
    press("g");
    const { key, entity } = marked();
    // To an instant with another alert, but not yet this one.
    for (let jumps = 0; marked().items.includes(key!) && jumps < 50; jumps++) press("{");
    expect(marked().items.length).toBeGreaterThan(0);
    expect(marked().items).not.toContain(key);
    press("<end>");
    expect(marked().key).toBe(key);
    expect(marked().entity).toBe(entity);
  });
});

describe("time with faults between ticks", () => {
  it("walks through every event in both directions, whenever it happened", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7_999 }), { minLength: 1, maxLength: 6 }), (pauses) => {
        const { session, press, run, monitor } = start();
        for (const [index, ms] of pauses.entries()) {
          run(ms / 1000);
          press(index % 3 === 2 ? "x" : "fl");
        }
        const instants = [...new Set(monitor.snapshot().events.map(({ at }) => at))].toSorted(
          (a, b) => a - b,
        );
        const walked = (key: string) => {
          const moments: number[] = [];
          for (let before: number | undefined; moments.length < 200; ) {
            press(key);
            const { at, ui } = session.view();
            if (ui.notice || at === before) return moments;
            moments.push(at);
            before = at;
          }
          return moments;
        };
        expect(walked("{")).toEqual(instants.toReversed());
        expect(walked("}")).toEqual(instants.slice(1));
      }),
      { numRuns: 15 },
    );
  });
});

describe("two sessions on one monitor", () => {
  it("share the monitor but no session state", () => {
    const one = start();
    const two = openSession(one, { width: 80, height: 24 });
    const before = two.session.view().ui;
    one.press("3j");
    one.press("1jj/a<enter>sS-w<space>tcu");
    one.run(5);
    expect(two.session.view().ui).toEqual(before);
    expect(two.session.view().snapshot).toBe(one.monitor.snapshot());
    expect(one.session.view().snapshot).not.toBe(one.monitor.snapshot());
    expect(two.session.view().memory).not.toBe(one.session.view().memory);
    two.press("f");
    one.press("<end>fl");
    expect(two.session.view().ui.mode.type).toBe("fault-menu");
    expect(two.session.view().snapshot.faults[0]!.kind).toBe("latency");
    one.session.close();
    two.press("<esc>");
    const seen = two.session.view();
    two.run(1);
    expect(two.session.view()).not.toBe(seen);
  });
});

describe("the layout of a small screen", () => {
  it("moves the focus to a visible panel, and back when the screen grows", () => {
    const { session, press } = start();
    press("<tab>");
    expect(session.view().ui.focus).toBe("alerts");
    session.resize({ width: 50, height: 12 });
    expect(session.view().ui.focus).toBe("compact");
    press("j");
    expect(session.view().selected?.name).toBe("beta");
    session.resize({ width: 120, height: 40 });
    expect(session.view().ui.focus).toBe("alerts");
  });
});

describe("Ctrl-Z", () => {
  it.each(["", "/al", ":zo", "@-1", "?", "f"])("suspends in every mode: after %j", (keys) => {
    const { monitor } = start();
    let suspended = 0;
    const session = createSession({
      monitor,
      displaySettings: { themeIndex: 0, depth: "truecolor", unicode: true },
      size: { width: 120, height: 40 },
      onQuit: () => {},
      onSuspend: () => {
        suspended += 1;
      },
    });
    for (const key of keys) session.press(key);
    const { mode } = session.view().ui;
    session.press("ctrl+z");
    expect(suspended).toBe(1);
    expect(session.view().ui.mode).toEqual(mode);
  });

  it("says so where there is no shell to return to", () => {
    const { session, press } = start();
    press("<ctrl+z>");
    expect(session.view().ui.notice?.text).toBe("there is no shell to return to here");
  });
});
