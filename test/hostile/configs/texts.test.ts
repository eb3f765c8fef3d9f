import fc from "fast-check";
import { describe, it } from "vitest";
import { cases, report } from "../scale.ts";
import { newTally, tryConfig, validConfigs } from "./harness.ts";
import { durationLike, numberText, strangeText, yamlPiece } from "./values.ts";

const key = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("services", "worlds", "rules", "name", "options", "calls", "limits", "tick"),
  },
  { weight: 1, arbitrary: strangeText },
  { weight: 1, arbitrary: fc.constantFrom("<<", "__proto__", "? a", "[a]", "{a: b}", "&k x", "*x", "!t x") },
);

const scalar = fc.oneof(
  numberText,
  durationLike,
  strangeText.map((text) => JSON.stringify(text)),
  strangeText,
  fc.constantFrom("*x", "*y", "&x 1", "!t 1", "!!int 1", "!!binary aGk=", "|", ">-", "~", "", "<<", "? "),
);

/** YAML trees of any shape, in flow style, with anchors, aliases, tags and merge keys. */
const { tree } = fc.letrec<{ tree: string; list: string; map: string }>((tie) => ({
  tree: fc.oneof({ maxDepth: 6, withCrossShrink: true }, scalar, tie("list"), tie("map")),
  list: fc
    .tuple(fc.constantFrom("", "&x ", "&y ", "!t "), fc.array(tie("tree"), { maxLength: 6 }))
    .map(([prefix, items]) => `${prefix}[${items.join(", ")}]`),
  map: fc
    .tuple(fc.constantFrom("", "&x ", "&y "), fc.array(fc.tuple(key, tie("tree")), { maxLength: 6 }))
    .map(
      ([prefix, entries]) => `${prefix}{${entries.map(([name, value]) => `${name}: ${value}`).join(", ")}}`,
    ),
}));

const block = fc
  .array(
    fc.tuple(
      fc.nat(6),
      fc.oneof(
        fc.constantFrom("- ", "", "? "),
        key.map((name) => `${name}: `),
      ),
      tree,
    ),
  )
  .map((lines) => lines.map(([indent, start, value]) => `${" ".repeat(indent)}${start}${value}`).join("\n"));

const encode = {
  utf16le: (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le")),
  utf16be: (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le").swap16()),
  bom: (text: string) => new TextEncoder().encode(`\ufeff${text}`),
  twoBoms: (text: string) => new TextEncoder().encode(`\ufeff\ufeff${text}`),
  crlf: (text: string) => new TextEncoder().encode(text.replaceAll("\n", "\r\n")),
  cr: (text: string) => new TextEncoder().encode(text.replaceAll("\n", "\r")),
  nel: (text: string) => new TextEncoder().encode(text.replaceAll("\n", "\u0085")),
  nul: (text: string) => new TextEncoder().encode(`${text}\0`),
  latin1: (text: string) => new Uint8Array(Buffer.from(`${text}é`, "latin1")),
  tabs: (text: string) => new TextEncoder().encode(text.replaceAll("  ", "\t")),
};

async function tryAll(
  what: string,
  texts: fc.Arbitrary<string | Uint8Array>,
  sample: number,
  full: number,
): Promise<void> {
  const tally = newTally();
  await fc.assert(
    fc.asyncProperty(texts, (text) => tryConfig(text, tally)),
    { numRuns: cases(sample, full), endOnFailure: true },
  );
  report(`${what} (${tally.accepted} accepted, ${tally.refused} refused)`, tally.tried, 0);
}

describe("any text", () => {
  it("of a YAML tree is a config that runs, or gives plain messages", async () => {
    const config = fc.oneof(
      tree,
      block,
      tree.map((services) => `services: ${services}`),
      tree.map((options) => `worlds: [{ world: task-queue, options: ${options} }]`),
      tree.map((calls) => `services: [{ name: a, base_latency: 1ms, calls: ${calls} }]`),
    );
    await tryAll("YAML trees", config, 150, 20_000);
  }, 900_000);

  it("of pieces of YAML is a config that runs, or gives plain messages", async () => {
    const pieces = fc.array(fc.oneof(yamlPiece, strangeText, numberText), { maxLength: 60 });
    await tryAll(
      "pieces of YAML",
      pieces.map((all) => all.join("")),
      100,
      20_000,
    );
  }, 900_000);

  it("of random bytes gives plain messages", async () => {
    await tryAll("random bytes", fc.uint8Array({ maxLength: 3000 }), 50, 10_000);
  }, 900_000);

  it("in any encoding is a config that runs, or gives plain messages", async () => {
    const encoded = fc
      .tuple(fc.constantFrom(...validConfigs), fc.constantFrom(...Object.values(encode)))
      .map(([text, as]) => as(text));
    await tryAll("encodings", encoded, 20, 200);
  }, 900_000);
});
