import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTemplate, unknownVariables } from "../../src/core/template.ts";

const render = (text: string, values: Parameters<ReturnType<typeof parseTemplate>["render"]>[0]) =>
  parseTemplate(text).render(values);

describe("a template", () => {
  it("shows texts, and values of maps", () => {
    const values = { message: "p99=1,020ms", labels: { team: "payments" } };
    expect(render("{{labels.team}}: {{ message }}!", values)).toBe("payments: p99=1,020ms!");
  });

  it("shows nothing for what is not there, and does not look into prototypes", () => {
    expect(render("[{{ labels.toString }}{{ constructor }}{{ labels.none }}{{ x.y }}]", { labels: {} })).toBe(
      "",
    );
    expect(
      render("a{{ b }}\n[{{ labels }}{{ c.d }}]{{ e }}", { b: "", labels: { x: "1" }, c: "text", e: "!" }),
    ).toBe("[]!");
  });

  it("leaves out the lines whose variables are all empty, and no other", () => {
    const text = "first\n\nrunbook: {{ annotations.runbook }}\n{{ a }} {{ b }}\nlast";
    expect(render(text, { a: "", b: "x" })).toBe("first\n\n x\nlast");
    expect(render(text, { a: "", b: "", annotations: { runbook: "https://x" } })).toBe(
      "first\n\nrunbook: https://x\nlast",
    );
  });

  it("shows values as they are: a value is not a template", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(render("<{{ a }}>{{ b }}", { a: value, b: "-" })).toBe(`<${value}>-`);
      }),
    );
  });

  it("keeps every text without variables", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("{{")),
        (text) => {
          expect(render(text, {})).toBe(text);
        },
      ),
    );
  });

  it.each(["{{", "{{ a", "a {{}} b", "{{ a b }}", "{{ a.b.c }}", "{{ a | upper }}", "{{{ a }}}", "{{ a\n}}"])(
    "refuses %j",
    (text) => {
      expect(() => parseTemplate(text)).toThrow(RangeError);
    },
  );

  it("lists its variables once, and those that no value can have", () => {
    const template = parseTemplate(
      "{{ a }} {{ labels.x }}\n{{ a }} {{ labels }} {{ a.x }} {{ nope }} {{ toString }}",
    );
    expect(template.variables).toEqual(["a", "labels.x", "labels", "a.x", "nope", "toString"]);
    expect(unknownVariables(template, { texts: ["a"], maps: ["labels"] })).toEqual([
      "labels",
      "a.x",
      "nope",
      "toString",
    ]);
  });
});
