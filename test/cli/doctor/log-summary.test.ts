import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summaryOf } from "../../../src/cli/doctor/log-summary.ts";

const line = (event: string, fields: object = {}) =>
  JSON.stringify({ timestamp: "t", level: "info", component: "notify", session: "1", event, ...fields });
const START = line("start");
const change = (state: string, channel = "ops") => line("circuit_state_change", { channel, state });
const figures = (opened: number, channel = "ops") =>
  line("channel_figures", { channel, breaker_opened: opened });

const breakersOf = (lines: readonly string[]) => [...summaryOf(lines.join("\n")).breakers.values()];

describe("the summary of a log", () => {
  it("counts the openings of a breaker beside its newest figure", () => {
    const states = fc.array(fc.constantFrom("open", "half-open", "closed"), { maxLength: 20 });
    fc.assert(
      fc.property(states, fc.nat(30), (changes, counted) => {
        const logged = changes.filter((state) => state === "open").length;
        const lines = [START, figures(99), ...changes.map((state) => change(state)), figures(counted)];
        expect(breakersOf(lines)).toEqual([{ logged, loggedBefore: logged, counted }]);
      }),
    );
  });

  it("compares only what was logged before the figure: a killed run may lack the figure after a change", () => {
    const killed = [START, change("open"), figures(1), change("half-open"), change("open")];
    expect(breakersOf(killed)).toEqual([{ logged: 2, loggedBefore: 1, counted: 1 }]);
  });

  it("keeps channels and runs apart, and leaves out a run that began in an older file", () => {
    const other = { session: "2" };
    const lines = [
      line("circuit_state_change", { channel: "ops", state: "open", ...other }),
      START,
      change("open"),
      change("open", "mail"),
      figures(1, "mail"),
    ];
    expect(breakersOf(lines)).toEqual([
      { logged: 1, loggedBefore: 0, counted: undefined },
      { logged: 1, loggedBefore: 1, counted: 1 },
    ]);
  });

  it("counts lines that are cut, and records without what every record has", () => {
    const whole = line("something");
    const { level: _, ...without } = JSON.parse(whole);
    const summary = summaryOf([whole, whole.slice(0, 20), "", JSON.stringify(without), "7"].join("\n"));
    expect(summary).toMatchObject({ invalid: 2, incomplete: 1 });
    expect(summary.levels.get("info")).toBe(1);
  });
});
