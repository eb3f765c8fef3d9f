import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { panelRows } from "../../src/ui/screen/frame.ts";
import { ansiText } from "../../src/ui/screen/paint.ts";
import { createPalette, themes } from "../../src/ui/text/theme.ts";
import { startSession, textOf } from "./harness.ts";

const SIZES = [
  [120, 40],
  [200, 60],
  [100, 28],
  [80, 24],
  [60, 16],
  [40, 10],
] as const;

function broken(width: number, height: number, unicode = true) {
  const harness = startSession({ width, height, unicode });
  harness.run(20);
  harness.press("jfl");
  harness.run(8);
  return harness;
}

describe("the screen", () => {
  it.each(SIZES)("at %dx%d every row is exactly as wide, in every view and mode", (width, height) => {
    const { screen, press } = broken(width, height);
    for (const keys of ["1", "2", "3", "4", "5", "6", "7", "1f", "<esc>:", "<esc>/x"]) {
      press(keys);
      const rows = screen();
      expect(rows, keys).toHaveLength(height);
      for (const row of rows) expect(stringWidth(row), `${keys}: ${row}`).toBe(width);
      press("<esc>");
    }
  });

  it("is exactly as wide and high after any keys, at any size, with several kinds of entities", () => {
    const keys = [
      ..."jkgGfxXlhd+-1234567sS/w:?[]{}@ a",
      "enter",
      "esc",
      "tab",
      "space",
      "end",
      "up",
      "right",
    ];
    const size = fc.record({
      width: fc.integer({ min: 40, max: 220 }),
      height: fc.integer({ min: 10, max: 70 }),
    });
    const harness = startSession({
      config: `services:
  - { name: front, base_latency: 20ms, rate: 20, calls: [{ service: back, timeout: 2s, retries: 0 }] }
  - { name: back, base_latency: 40ms, rate: 10, labels: { team: blue } }
  - { name: here, source: host }`,
    });
    harness.run(10);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...keys), { maxLength: 12 }),
        size,
        fc.nat(3_000),
        (some, at, ms) => {
          harness.session.resize(at);
          for (const key of some) harness.session.press(key);
          harness.run(ms / 1000);
          const rows = harness.screen();
          expect(rows).toHaveLength(at.height);
          const isOpen = harness.session.shape().help !== undefined;
          for (const row of rows) if (!isOpen) expect(stringWidth(row), row).toBe(at.width);
          expect(rows.join("\n")).not.toContain("panel failed");
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(SIZES)("at %dx%d shows the fault: its mark in the row, the p99", (width, height) => {
    const text = broken(width, height).screen().join("\n");
    expect(text).toMatch(/back .*↯/);
    expect(text).toMatch(/8\d\d|9\d\d/);
  });

  it("shows at 120x40 the alert, the card with its countdown, the mark on the chart and the events", () => {
    const text = broken(120, 40).screen().join("\n");
    // One incident, not an alert of the service and one of its caller.
    expect(text).toMatch(/▲ warning +back [^\n]*, 1 suppressed[^\n]*\n[^\n]*p99=\d+ms over 500ms/);
    expect(text).toMatch(/↯ latency \+800 ms on back +ends in +0:52/);
    expect(text).toMatch(/detected in \ds by HIGH_LATENCY/);
    expect(text).toMatch(/↯─+/);
    expect(text).toMatch(/latency \+800 ms on back, for 1m/);
  });

  it("shows at 80x24 the incident and the fault as one line each", () => {
    const text = broken(80, 24).screen().join("\n");
    expect(text).toMatch(/▲ warning +back .*, 1 suppressed +p99=\d+ms over 500ms/);
    expect(text).toMatch(/↯ latency \+800 ms on back 0:52/);
  });

  it("shows the health as text if nothing else fits", () => {
    expect(
      broken(39, 5)
        .screen()
        .map((row) => row.trim())
        .filter(Boolean),
    ).toEqual(["DEGRADED 0/2 healthy, 2 degraded.", "Enlarge to 40x10 to see more."]);
    expect(broken(1, 1).screen()).toHaveLength(1);
  });

  it("replaces every glyph with ASCII", () => {
    for (const [width, height] of SIZES) {
      const { screen, press } = broken(width, height, false);
      for (const keys of ["1", "2", "3", "4", "5", "6", "7", "1f", "<esc>:"]) {
        press(keys);
        expect(
          screen()
            .join("")
            .replace(/[\x20-\x7e]/g, ""),
          `${width}x${height} ${keys}`,
        ).toBe("");
      }
    }
  });

  it("keeps its columns while numbers change", () => {
    const { screen, run } = broken(120, 40);
    const columns = () => screen()[2]!.indexOf("p99 ms");
    const health = () => screen()[3]!.search(/[●▲✖■○]/);
    const before = [columns(), health()];
    run(60);
    expect([columns(), health()]).toEqual(before);
  });

  it.each(SIZES.filter(([width]) => width >= 60))(
    "at %dx%d cuts no number of the detail",
    (width, height) => {
      const { screen, press } = broken(width, height);
      press("2");
      // A cut number ends in an ellipsis at the edge of its panel.
      for (const row of screen()) expect(row).not.toMatch(/\d… │|█ +… │/);
    },
  );

  it("handles names with wide characters", () => {
    const harness = startSession({
      config: 'services: [{ name: "日本語-サービス", base_latency: 9ms }, { name: b, base_latency: 9ms }]',
    });
    harness.run(2);
    const [wide, narrow] = harness.screen().slice(3, 5);
    expect(wide).toContain("日本語-サービス");
    const columnsBefore = (row: string) => stringWidth(row.slice(0, row.indexOf("HEALTHY")));
    expect(columnsBefore(wide!)).toBe(columnsBefore(narrow!));
  });

  it("shows the error of a failing panel in its own box", () => {
    const { session } = broken(120, 40);
    const view = session.view();
    const box = view.layout.rows[1]![0]!;
    const rows = panelRows(view, box, {
      kind: "bad",
      description: "fails",
      title: () => "bad",
      paint: () => {
        throw new Error("out of ink");
      },
    });
    expect(rows).toHaveLength(box.height);
    expect(rows.map(({ line }) => textOf(line)).join("\n")).toContain(
      `the ${box.panel.kind} panel failed: out of ink`,
    );
  });

  it("marks weak percentiles and shows a dash for unknown values", () => {
    const harness = startSession({
      config:
        "services: [{ name: rare, base_latency: 9ms, rate: 2, error_rate: 0 }, { name: here, source: host }]",
    });
    harness.run(5);
    const rows = harness.screen();
    const [rare, here] = ["rare", "here"].map((name) => rows.find((row) => row.includes(`${name} `)));
    expect(rare).toMatch(/~\d/);
    expect(here).toMatch(/○ UNKNOWN +– +– +–/);
  });
});

describe("colours", () => {
  const line = [
    { text: "DOWN", role: "down" },
    { text: " 12", role: "text" },
  ] as const;

  it.each(themes.map((theme) => [theme.name, theme] as const))(
    "of %s leave the text the same at every depth",
    (_name, theme) => {
      for (const depth of ["none", "16", "256", "truecolor"] as const) {
        const painted = ansiText(line, createPalette(theme, depth), true);
        expect(painted.replace(/\x1b\[[\d;]*m/g, "")).toBe("DOWN 12");
      }
    },
  );

  it("are absent without colour; bold and inverse remain", () => {
    const painted = ansiText(line, createPalette(themes[0]!, "none"));
    expect(painted).toBe("\x1b[1;7mDOWN\x1b[0m 12");
  });
});

describe("a rejected config", () => {
  it.each([40, 80, 120])("shows the reason before the place and the rest at %d columns", (width) => {
    const harness = startSession({ width, height: 24 });
    harness.run(2);
    harness.monitor.refuseConfig('unknown key "lmits" (faultline.yaml:3:1)');
    const banner = harness.screen()[1]!;
    expect(banner).toContain("config rejected: unknown k");
    if (width > 40) expect(banner).toContain('unknown key "lmits" (faultline.yaml:3:1)');
    if (width > 80) expect(banner).toContain("the previous one stays active");
  });
});

describe("entities without a row", () => {
  const MANY = `services:\n${Array.from({ length: 40 }, (_, nth) => `  - { name: service-${nth}, base_latency: 10ms }`).join("\n")}\n`;

  it.each([
    [120, 40, "1"],
    [80, 24, "1"],
    [40, 10, "1"],
    [120, 40, "6"],
    [80, 24, "6"],
  ])("are counted at %dx%d in view %s", (width, height, view) => {
    const harness = startSession({ width, height, config: MANY });
    harness.run(5);
    harness.press(view);
    const rows = harness.screen();
    const shown = rows.filter((row) => /^│? ?[▸ ] (● )?service-\d+ /.test(row)).length;
    expect(shown).toBeGreaterThan(2);
    expect(rows.join("\n")).toContain(`and ${40 - shown} more`);
  });
});
