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

describe("freezing", () => {
  it("holds everything on screen while collection goes on, and tells nobody to draw", () => {
    const { session, press, run, screen, monitor } = start();
    press("<space>");
    const held = session.view().snapshot;
    let told = 0;
    session.subscribe(() => {
      told += 1;
    });
    run(10);
    expect(told).toBe(0);
    expect(session.view().snapshot).toBe(held);
    expect(monitor.snapshot().at - held.at).toBe(10_000);
    expect(screen()[0]).toContain("FROZEN at ");
    press("<space>");
    expect(session.view().snapshot).toBe(monitor.snapshot());
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
