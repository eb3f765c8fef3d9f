import { expect, it } from "vitest";
import { rules } from "../../../src/ui/panels/rules.ts";
import { aRule, sessionWith } from "../alerts/fixtures.ts";
import { textsOf } from "../panels/painting.ts";

it.each([76, 78, 98, 118])("shows the beginning of each condition in %d columns", (width) => {
  const rule = aRule({ name: "HIGH_ERROR_RATE", condition: "p99 > 500ms, > 1,000ms" });
  const { session } = sessionWith({ rules: [rule], alerts: [], incidents: [] });
  expect(textsOf(rules, session.view(), { width, height: 6 })[1]).toContain("p99 > 500ms, > 1,000ms");
});
