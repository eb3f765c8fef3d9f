import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelText } from "../../../src/ui/tables/label-text.ts";
import { widthOf } from "../../../src/ui/text/line.ts";

const lines = (sets: readonly Record<string, string>[], width: number) => {
  const { heading, lines } = labelText(sets, "…").fit(width);
  return [heading, ...lines].map((line) => line.trimEnd());
};

const PAYMENT = [
  { endpoint: "/charge", instance: "payment-service-1" },
  { endpoint: "/refund", instance: "payment-service-10" },
];

describe("labels as text", () => {
  it("have one column per label, under its name", () => {
    expect(lines(PAYMENT, 40)).toEqual([
      "endpoint  instance",
      "/charge   payment-service-1",
      "/refund   payment-service-10",
    ]);
    expect(labelText(PAYMENT, "…").widths).toEqual({ full: 28, short: 18 });
  });

  it("abbreviate a common prefix if there is not enough space", () => {
    expect(lines(PAYMENT, 27)).toEqual(["endpoint  instance", "/charge   …1", "/refund   …10"]);
    const paths = [{ endpoint: "/api/v1/users" }, { endpoint: "/api/v1/usage" }];
    expect(lines(paths, 10)).toEqual(["endpoint", "…users", "…usage"]);
  });

  it("keep a single value, and prefixes that are too short", () => {
    expect(lines([{ region: "eu-west-1" }, { region: "eu-west-1" }], 6)).toEqual([
      "region",
      "eu-we…",
      "eu-we…",
    ]);
    expect(lines([{ path: "/cart-contents" }, { path: "/checkout" }], 10)).toEqual([
      "path",
      "/cart-con…",
      "/checkout",
    ]);
  });

  it("shrink the widest column first", () => {
    const sets = [{ a: "x", b: "1234567890" }];
    expect(lines(sets, 8)).toEqual(["a  b", "x  1234…"]);
  });

  it("include the names of labels if the sets have different ones", () => {
    expect(lines([{ endpoint: "/a" }, { endpoint: "/a", region: "eu" }, { region: "eu" }], 60)).toEqual([
      "labels",
      "endpoint=/a",
      "endpoint=/a region=eu",
      "region=eu",
    ]);
    expect(
      lines(
        [
          { a: "1", b: "2" },
          { b: "3", a: "4" },
        ],
        60,
      ),
    ).toEqual(["a  b", "1  2", "4  3"]);
    expect(lines([{ a: "1" }, { a: "1", b: "2" }], 60)).toEqual(["labels", "a=1", "a=1 b=2"]);
  });

  it("never exceed the given width", () => {
    const set = fc.dictionary(
      fc.constantFrom("endpoint", "instance", "region"),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(
        fc.array(set, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 8, max: 60 }),
        (sets, width) => {
          const { heading, lines } = labelText(sets, "…").fit(width);
          expect(lines).toHaveLength(sets.length);
          for (const line of [heading, ...lines]) expect(widthOf(line)).toBeLessThanOrEqual(width);
          expect(new Set([heading, ...lines].map(widthOf)).size).toBe(1);
        },
      ),
    );
  });
});
