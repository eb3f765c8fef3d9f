import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exportedAlerts } from "../../src/report/alerts-report.ts";
import { keymap } from "../../src/ui/keymap/index.ts";
import { anAlert } from "../alerts/alerts.ts";
import { startMonitor } from "../monitor/harness.ts";

const text = readFileSync(new URL("../../docs/CONSOLE.md", import.meta.url), "utf8");

describe("the description of the console", () => {
  it("names every exported key", () => {
    const [alert] = exportedAlerts([anAlert()], startMonitor().monitor.snapshot());
    for (const key of Object.keys(alert!)) expect(text).toContain(`\`${key}\``);
  });

  it("names only keys that exist", () => {
    const table = text.slice(text.indexOf("## Acting"), text.indexOf("Commands of the palette"));
    const bound = new Set(keymap.flatMap(({ keys }) => keys));
    const named = Array.from(table.matchAll(/`(.)`/g), ([, key]) => key!);
    expect(named.length).toBeGreaterThan(5);
    for (const key of named) expect(bound).toContain(key);
  });
});
