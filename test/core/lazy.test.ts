import { expect, test } from "vitest";
import { lazy } from "../../src/core/lazy.ts";

test("creates a value on first use, and only once, even if it is undefined", () => {
  const asked: string[] = [];
  const value = lazy(() => {
    asked.push("asked");
    return undefined;
  });
  expect(asked).toEqual([]);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(asked).toEqual(["asked"]);
});
