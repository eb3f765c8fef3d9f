import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headerLine } from "../../../src/ui/screen/header.ts";
import { views } from "../../../src/ui/views/index.ts";
import type { ViewSpec } from "../../../src/ui/views/types.ts";
import { anAlert, sessionWith } from "../alerts/fixtures.ts";
import { textOf } from "../harness.ts";

const page = (entity: string, given = {}) =>
  anAlert({ rule: "SERVICE_DOWN", entity, severity: "page", message: `${entity}: no heartbeat`, ...given });

const header = ({ session }: ReturnType<typeof sessionWith>) => textOf(headerLine(session.view()));
const keys = Object.values<ViewSpec>(views).flatMap(({ key }) => key ?? []);

describe("the newest page", () => {
  it("is visible in every view and at every size, also while the screen shows the past", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.oneof(fc.integer({ min: 20, max: 70 }), fc.integer({ min: 71, max: 220 })),
        fc.integer({ min: 4, max: 60 }),
        fc.boolean(),
        fc.boolean(),
        (view, width, height, unicode, paused) => {
          const harness = sessionWith({ alerts: [page("back")] }, { width, height, unicode });
          harness.press(view);
          if (paused) harness.press("<space>");
          expect(harness.screen().join("\n")).toContain("back");
          // Not only in a list that happens to show it.
          if (width >= 40 && height >= 10) expect(harness.screen()[0]).toContain("back");
          harness.session.close();
        },
      ),
      { numRuns: 80 },
    );
  });

  it("is the newest that nobody has acknowledged; others are counted", () => {
    const older = page("old-one", { firedAt: 10, id: 1 });
    const newer = page("new-one", { firedAt: 20, id: 2 });
    expect(header(sessionWith({ alerts: [newer, older] }))).toMatch(/new-one for .* \+1/);
    const acknowledged = { ...newer, acknowledged: { by: "alice", at: 30 } };
    expect(header(sessionWith({ alerts: [acknowledged, older] }))).toContain("old-one");
    expect(header(sessionWith({ alerts: [acknowledged] }))).toMatch(/new-one .*acked/);
  });

  it("is not one that is silenced, suppressed, folded, pending or over", () => {
    const quiet = [
      page("a", { silencedBy: "1" }),
      page("b", { suppressedBy: 1 }),
      page("c", { folded: true }),
      page("d", { state: "pending", firedAt: undefined }),
      page("e", { state: "resolved", resolvedAt: 5 }),
      page("f", { severity: "critical" }),
    ];
    expect(header(sessionWith({ alerts: quiet }))).toBe(header(sessionWith({ alerts: [] })));
  });
});
