import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { panelRows } from "../../src/ui/screen/frame.ts";
import { ansiText } from "../../src/ui/screen/paint.ts";
import { createPalette, themes } from "../../src/ui/text/theme.ts";
import { startSession, textOf } from "./rig.ts";

const SIZES = [
  [120, 40],
  [200, 60],
  [100, 28],
  [80, 24],
  [60, 16],
  [40, 10],
] as const;

function broken(width: number, height: number, unicode = true) {
  const rig = startSession({ width, height, unicode });
  rig.run(20);
  rig.press("jfl");
  rig.run(8);
  return rig;
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

  it.each(SIZES)("at %dx%d shows the fault's way: the row, the p99", (width, height) => {
    const text = broken(width, height).screen().join("\n");
    expect(text).toMatch(/back .*↯/);
    expect(text).toMatch(/8\d\d|9\d\d/);
  });

  it("shows at 120x40 the alert, the card with its countdown, the mark on the chart and the events", () => {
    const text = broken(120, 40).screen().join("\n");
    expect(text).toMatch(/▲ warning +HIGH_LATENCY +back/);
    expect(text).toMatch(/↯ latency \+800 ms on back +ends in +0:52/);
    expect(text).toMatch(/detected in \ds by HIGH_LATENCY/);
    expect(text).toMatch(/↯─+/);
    expect(text).toMatch(/latency \+800 ms on back, for 1m/);
  });

  it("shows at 80x24 the alert and the fault as one line each", () => {
    const text = broken(80, 24).screen().join("\n");
    expect(text).toMatch(/▲ warning +HIGH_LATENCY +back: p99=\d+ms over 500ms/);
    expect(text).toMatch(/↯ latency \+800 ms on back 0:52/);
  });

  it("says in words what it cannot draw", () => {
    expect(
      broken(39, 5)
        .screen()
        .map((row) => row.trim())
        .filter(Boolean),
    ).toEqual(["DEGRADED 0/2 healthy, 2 degraded.", "Enlarge to 40x10 to see more."]);
    expect(broken(1, 1).screen()).toHaveLength(1);
  });

  it("has an ASCII twin of everything", () => {
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

  it("gives wide names the columns they take", () => {
    const rig = startSession({
      config: 'services: [{ name: "日本語-サービス", base_latency: 9ms }, { name: b, base_latency: 9ms }]',
    });
    rig.run(2);
    const [wide, narrow] = rig.screen().slice(3, 5);
    expect(wide).toContain("日本語-サービス");
    const columnsBefore = (row: string) => stringWidth(row.slice(0, row.indexOf("HEALTHY")));
    expect(columnsBefore(wide!)).toBe(columnsBefore(narrow!));
  });

  it("lets a panel that fails say so in its own place", () => {
    const { session } = broken(120, 40);
    const view = session.view();
    const box = view.layout.rows[1]![0]!;
    const rows = panelRows(view, box, {
      kind: "bad",
      title: () => "bad",
      paint: () => {
        throw new Error("out of ink");
      },
    });
    expect(rows).toHaveLength(box.height);
    expect(rows.map(({ line }) => textOf(line)).join("\n")).toContain("the bad panel failed: out of ink");
  });

  it("marks weak percentiles and dashes what nobody knows", () => {
    const rig = startSession({
      config:
        "services: [{ name: rare, base_latency: 9ms, rate: 2, error_rate: 0 }, { name: here, source: host }]",
    });
    rig.run(5);
    const [rare, here] = rig.screen().slice(3, 5);
    expect(rare).toMatch(/~\d/);
    expect(here).toMatch(/○ UNKNOWN +– +– +– +– +–/);
  });
});

describe("colours", () => {
  const line = [
    { text: "DOWN", role: "down" },
    { text: " 12", role: "text" },
  ] as const;

  it.each(themes.map((theme) => [theme.name, theme] as const))(
    "of %s say the same text at every depth",
    (_name, theme) => {
      for (const depth of ["none", "16", "256", "truecolor"] as const) {
        const painted = ansiText(line, createPalette(theme, depth), true);
        expect(painted.replace(/\x1b\[[\d;]*m/g, "")).toBe("DOWN 12");
      }
    },
  );

  it("are absent without colour, where weight still tells trouble", () => {
    const painted = ansiText(line, createPalette(themes[0]!, "none"));
    expect(painted).toBe("\x1b[1;7mDOWN\x1b[0m 12");
  });
});
