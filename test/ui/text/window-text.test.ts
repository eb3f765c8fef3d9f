import { expect, it } from "vitest";
import { formatTime } from "../../../src/core/text.ts";
import { lastText, lastTextOf, windowText } from "../../../src/ui/text/window-text.ts";

const MINUTE = 60_000;
const AT = 1_767_225_600_000;
const shown = (fromMs: number, toMs: number, slotMs: number) => ({
  windowMs: 15_000,
  covers: { fromMs, toMs, slotMs },
});

it("says the window while it has its length, and else the slots that answer for it, with their times", () => {
  expect(lastText(shown(AT - 15_000, AT, 500))).toBe("last 15s");
  const [from, to] = [AT, AT + MINUTE].map((at) => formatTime(at).slice(0, 5));
  expect(lastText(shown(AT, AT + MINUTE, MINUTE))).toBe(`1m slot ${from}-${to}`);
  const seconds = `${formatTime(AT + 10_000)}-${formatTime(AT + 30_000)}`;
  expect(windowText(shown(AT + 10_000, AT + 30_000, 10_000))).toBe(`10s slots ${seconds}`);
});

it("says where windows differ, and of when the health is beside older numbers", () => {
  const own = shown(AT - 15_000, AT, 500);
  const slow = { ...shown(AT - 100_000, AT, 500), windowMs: 100_000 };
  expect(lastTextOf([own, own], own, AT)).toBe("last 15s");
  expect(lastTextOf([own, slow], own, AT)).toBe("last 15s to 1m 40s");
  expect(lastTextOf([], own, AT)).toBe("last 15s");
  const old = shown(AT, AT + MINUTE, MINUTE);
  const at = AT + 90_000;
  expect(lastTextOf([old], old, at)).toBe(`${lastText(old)}, health of ${formatTime(at)}`);
});
