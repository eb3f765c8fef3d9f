import { describe, expect, it } from "vitest";
import { startSession } from "./rig.ts";

const FIVE = `services:
  - { name: alpha, base_latency: 10ms, error_rate: 0 }
  - { name: beta, base_latency: 300ms, error_rate: 0, labels: { team: blue } }
  - { name: gamma, base_latency: 20ms, error_rate: 0 }
  - { name: delta, base_latency: 90ms, error_rate: 0 }
  - { name: epsilon, base_latency: 50ms, error_rate: 0, labels: { team: blue } }
`;
const start = () => {
  const rig = startSession({ config: FIVE });
  rig.run(5);
  return { ...rig, names: () => rig.session.view().services.map(({ name }) => name) };
};

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

  it("opens the detail of the selected service and comes back with Esc, which never quits", () => {
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

  it("gives the arrows to the next panel and back", () => {
    const { session, press } = start();
    press("<tab>");
    expect(session.view().ui.focus).toBe("alerts");
    press("<shift+tab>");
    expect(session.view().ui.focus).toBe("services");
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

  it("drops what was typed with Esc and goes back to the filter before", () => {
    const { press, names } = start();
    press("/blue<enter>/alp<esc>");
    expect(names()).toEqual(["beta", "epsilon"]);
  });

  it("sorts by each column in turn, reversed with S, keeping the selected service", () => {
    const { session, press, names } = start();
    press("jj");
    press("ss");
    expect(session.view().ui.sort).toBe("name");
    expect(names()).toEqual(["alpha", "beta", "delta", "epsilon", "gamma"]);
    press("S");
    expect(names()[0]).toBe("gamma");
    press("sss");
    expect(session.view().ui.sort).toBe("p99");
    expect(names()[0]).toBe("beta");
    expect(session.view().selected?.name).toBe("gamma");
  });
});

describe("the selection", () => {
  it("stays with its service through sorting, even before anybody has moved it", () => {
    const { session, press } = start();
    press("sssss");
    expect(session.view().ui.sort).toBe("p99");
    expect(session.view().selected?.name).toBe("alpha");
  });
});

describe("breaking", () => {
  it("injects with f and the fault's letter, at the intensity and time that were set", () => {
    const { monitor, press, footer } = start();
    press("jfl");
    expect(monitor.snapshot().faults[0]).toMatchObject({ service: "beta", kind: "latency", intensity: 800 });
    expect(footer()).toContain("latency +800 ms on beta, for 1m");
    press("f+<right>l");
    const [newest] = monitor.snapshot().faults;
    expect(newest).toMatchObject({ kind: "latency", intensity: 1600 });
    expect(newest!.endsAt - newest!.injectedAt).toBe(120_000);
  });

  it("injects the fault under the cursor with Enter", () => {
    const { monitor, press } = start();
    press("fjj<enter>");
    expect(monitor.snapshot().faults[0]).toMatchObject({ service: "alpha", kind: "errors" });
  });

  it("clears with x and X, and says in the footer why it cannot", () => {
    const { monitor, press, footer } = start();
    press("x");
    expect(footer()).toContain("no fault runs on alpha");
    press("flX");
    expect(monitor.snapshot().faults[0]!.endedBy).toBe("operator");
    expect(footer()).toContain("cleared latency +800 ms anywhere");
  });

  it("gives the footer back to the keys after a while", () => {
    const { press, run, footer } = start();
    press("x");
    run(5);
    expect(footer()).toContain("no fault runs on alpha");
    run(2);
    expect(footer()).toContain("f fault");
  });

  it("does not open the menu on a service that cannot be broken, and says why", () => {
    const rig = startSession({ config: "services: [{ name: here, source: host }]" });
    rig.press("f");
    expect(rig.session.view().ui.mode.type).toBe("browse");
    expect(rig.footer()).toContain("here cannot be broken");
  });

  it("says of a key that has no meaning in the menu how to leave it", () => {
    const { press, footer, session } = start();
    press("f/");
    expect(footer()).toContain("Esc closes this");
    press("<esc>");
    expect(session.view().ui.mode.type).toBe("browse");
  });
});

describe("time", () => {
  /** A fault on alpha came, was noticed, went, and was forgotten by the window. */
  const afterFault = () => {
    const rig = start();
    rig.run(15);
    rig.press("f++l");
    rig.run(20);
    rig.press("x");
    rig.run(40);
    return rig;
  };

  it("stands still while collection goes on, says how far behind it is, and asks for no drawing", () => {
    const { session, press, run, screen, monitor } = start();
    press("<space>");
    const held = session.view().snapshot;
    let told = 0;
    session.subscribe(() => {
      told += 1;
    });
    run(9);
    expect(told).toBe(0);
    run(33);
    expect(told).toBe(4);
    expect(session.view().snapshot).toBe(held);
    expect(monitor.snapshot().at - held.at).toBe(42_000);
    press("j");
    expect(screen()[0]).toMatch(/P A U S E D {3}42 s behind live/);
    press("<end>");
    expect(session.view().snapshot).toBe(monitor.snapshot());
    expect(screen()[0]).not.toContain("P A U S E D");
  });

  it("goes back and forth by ticks, not before the start and not beyond now", () => {
    const { session, press, footer } = start();
    const now = session.view().snapshot.at;
    press("[[");
    expect(session.view().snapshot.at).toBe(now - 1_000);
    press("]]");
    expect(session.view().snapshot.at).toBe(now);
    press("]");
    expect(footer()).toContain("this is the newest moment");
    press("@-9h<enter>[");
    expect(footer()).toContain("nothing is known of the time before");
  });

  it("jumps to the events, and shows the alerts, faults and numbers of that moment", () => {
    const { session, press, screen } = afterFault();
    expect(session.view().snapshot.alerts.every(({ state }) => state === "resolved")).toBe(true);
    const fired = session.view().snapshot.events.find(({ text }) => text.startsWith("HIGH_LATENCY fires"))!;
    let jumps = 0;
    while (session.view().snapshot.at > fired.at && jumps < 50) {
      press("{");
      jumps += 1;
    }
    expect(session.view().snapshot.at).toBe(fired.at);
    const text = screen().join("\n");
    expect(text).toMatch(/alpha +✖ CRITICAL/);
    expect(text).toMatch(/✖ critical +HIGH_LATENCY +alpha/);
    expect(text).toMatch(/latency \+3,200 ms on alpha +ends in/);
    press("}");
    expect(session.view().snapshot.at).toBeGreaterThan(fired.at);
  });

  it("goes to a time that is typed, and says what it cannot read or does not know", () => {
    const { session, press, footer } = afterFault();
    const { at: now, startedAt } = session.view().live;
    press("@-30s<enter>");
    expect(session.view().snapshot.at).toBe(now - 30_000);
    press("@soon<enter>");
    expect(footer()).toContain('"soon" is no time; write one such as -2m');
    press("@-2d<enter>");
    expect(session.view().snapshot.at).toBe(startedAt);
    expect(footer()).toContain("the first moment that is known");
    press("@-30s<esc>");
    expect(session.view().snapshot.at).toBe(startedAt);
  });

  it("says that a fault injected into a paused screen is not seen there", () => {
    const { press, footer, monitor } = start();
    press("<space>fl");
    expect(monitor.snapshot().faults).toHaveLength(1);
    expect(footer()).toContain("the screen is paused");
  });
});

describe("the command palette", () => {
  it("finds commands by their letters and runs them", () => {
    const { monitor, press } = start();
    press(":inject error<enter>");
    expect(monitor.snapshot().faults[0]).toMatchObject({ kind: "errors", service: "alpha" });
  });

  it("opens services, and says when nothing was found", () => {
    const { session, press, footer } = start();
    press(":go to delta<enter>");
    expect(session.view().ui.view).toBe("detail");
    expect(session.view().selected?.name).toBe("delta");
    press(":zzz<enter>");
    expect(footer()).toContain("no command has the letters zzz");
  });
});

describe("pasting", () => {
  it("is harmless, and goes into a filter that is being typed", () => {
    const { session, press, footer, names, quits } = start();
    session.paste("qXfl\x1b[31m");
    expect(quits()).toBe(0);
    expect(footer()).toContain("pasted text is ignored");
    press("/");
    session.paste("gam\n");
    expect(names()).toEqual(["gamma"]);
  });
});
