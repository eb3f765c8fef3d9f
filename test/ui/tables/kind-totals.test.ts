import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { service } from "../../../src/kinds/service.ts";
import type { EntitySnapshot } from "../../../src/monitor/types.ts";
import { totalOf, totalsText } from "../../../src/ui/tables/kind-totals.ts";
import { measureOf } from "../../../src/ui/text/values.ts";

const entity = (values: EntitySnapshot["values"]) => ({ values }) as EntitySnapshot;

describe("the totals of a table", () => {
  it("add up rates and counts, and give the ratio of the sums", () => {
    const known = fc.record({ requests: fc.integer({ min: 1, max: 1e5 }), errors: fc.nat(1e5) });
    fc.assert(
      fc.property(fc.array(fc.option(known), { minLength: 1 }), (all) => {
        const entities = all.map((one) =>
          entity(
            one === null
              ? { requests: Number.NaN, error_rate: Number.NaN }
              : { ...one, error_rate: one.errors / one.requests, request_rate: one.requests / 15 },
          ),
        );
        const seen = all.filter((one) => one !== null);
        const requests = seen.reduce((sum, one) => sum + one.requests, 0);
        const errors = seen.reduce((sum, one) => sum + one.errors, 0);
        const total = (id: string) => totalOf(service, measureOf(service, id)!, entities);
        expect(total("p99")).toBeNaN();
        if (seen.length === 0)
          expect([total("request_rate"), total("error_rate")]).toEqual([Number.NaN, Number.NaN]);
        else {
          expect(total("request_rate")).toBeCloseTo(requests / 15, 6);
          expect(total("error_rate")).toBeCloseTo(errors / requests, 9);
        }
      }),
    );
  });

  it("are not shown for a single entity", () => {
    const one = entity({ requests: 30, errors: 3, request_rate: 2, error_rate: 0.1 });
    expect(totalsText(service, [one])).toBe("");
    expect(totalsText(service, [one, one])).toBe("4.0/s, error rate 10.0%");
  });
});
