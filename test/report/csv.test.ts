import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertsCsv } from "../../src/report/alerts-csv.ts";
import { alertsJson, exportedAlerts } from "../../src/report/alerts-report.ts";
import { csvText } from "../../src/report/csv.ts";
import { anAlert } from "../alerts/alerts.ts";
import { startMonitor } from "../monitor/harness.ts";

/** Reads CSV as RFC 4180 defines it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1)
        cell += text[at];
      at += 1;
    } else for (; text[at] !== "," && text[at] !== "\r"; at += 1) cell += text[at];
    row.push(cell);
    if (text[at] === ",") at += 1;
    else {
      expect(text.slice(at, at + 2)).toBe("\r\n");
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const nasty = fc.string({
  unit: fc.constantFrom("a", '"', ",", "\n", "\r", "=", "+", "-", "@", "\t", " ", "ü", "'"),
});

describe("a table as CSV", () => {
  it("can be read back, whatever its cells contain", () => {
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 2, maxLength: 3 }), { maxLength: 6 }), (rows) => {
        const read = parseCsv(csvText(["one", "two"], rows)).slice(1);
        expect(read.map((row) => row.map((cell) => cell.replace(/^'(?=\s*[=+\-@\t\r])/, "")))).toEqual(
          rows.map((row) => row.map((cell) => cell.replace(/^'(?=\s*[=+\-@\t\r])/, ""))),
        );
      }),
    );
  });

  it("has no text cell that a spreadsheet would run, and leaves numbers alone", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [cell = ""] = parseCsv(csvText(["heading"], [[text]]))[1] ?? [];
        expect(cell).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
    expect(csvText(["n"], [[-5], [null], [true]])).toBe("n\r\n-5\r\n\r\ntrue\r\n");
  });
});

describe("exported alerts", () => {
  const { monitor, run } = startMonitor();
  run(5);
  const snapshot = {
    ...monitor.snapshot(),
    silences: [{ id: "7", matchers: [], reason: "", author: "bob", startsAt: 0, endsAt: 60_000 }],
  };
  const alerts = [
    anAlert({ message: '=cmd|"x", y', silencedBy: "7", startedAt: 1000 }),
    anAlert({ rule: "B", acknowledged: { by: "alice", at: 2000 }, state: "resolved", resolvedAt: 3000 }),
  ];

  it("are the same as CSV and as JSON, column by column", () => {
    const [columns = [], ...rows] = parseCsv(alertsCsv(alerts, snapshot));
    const { alerts: objects } = JSON.parse(alertsJson(alerts, snapshot));
    expect(objects).toEqual(JSON.parse(JSON.stringify(exportedAlerts(alerts, snapshot))));
    expect(columns.toSorted()).toEqual(Object.keys(objects[0]).sort());
    for (const [nth, row] of rows.entries()) {
      for (const [index, column] of columns.entries()) {
        const value = objects[nth][column];
        const expected =
          value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
        expect(row[index]!.replace(/^'=/, "="), column).toBe(expected);
      }
    }
  });

  it("have times in UTC, and what operators said", () => {
    const [first, second] = exportedAlerts(alerts, snapshot);
    expect(first).toMatchObject({
      started_at: "1970-01-01T00:00:01.000Z",
      silenced_until: "1970-01-01T00:01:00.000Z",
    });
    expect(second).toMatchObject({ acknowledged_by: "alice", resolved_at: "1970-01-01T00:00:03.000Z" });
  });
});
