import fc from "fast-check";
import { describe, it } from "vitest";
import { cases, report } from "../scale.ts";
import { newTally, tryConfig, validConfigs } from "./harness.ts";
import { durationLike, numberText, strangeText, yamlPiece } from "./values.ts";

/** One edit of a text. */
type Edit = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, where: number) => Math.floor(where * text.length);

const insertion = fc.tuple(place, fc.oneof(yamlPiece, strangeText, numberText)).map(
  ([where, piece]): Edit =>
    (text) =>
      text.slice(0, at(text, where)) + piece + text.slice(at(text, where)),
);

const deletion = fc.tuple(place, fc.nat(60)).map(
  ([where, count]): Edit =>
    (text) =>
      text.slice(0, at(text, where)) + text.slice(at(text, where) + count),
);

const doubling = fc.tuple(place, fc.nat(200)).map(
  ([where, count]): Edit =>
    (text) => {
      const start = at(text, where);
      return text.slice(0, start + count) + text.slice(start);
    },
);

/** Replaces the value of one `key: value`; keys stay, so that most results are still maps of known keys. */
const revaluing = fc
  .tuple(
    place,
    fc.oneof(numberText, durationLike, strangeText, fc.constantFrom("[]", "{}", "[[]]", "", "{ a: 1 }")),
  )
  .map(
    ([where, value]): Edit =>
      (text) => {
        const values = [...text.matchAll(/: *([^\s,{}[\]]+)/g)];
        const chosen = values[Math.floor(where * values.length)];
        if (chosen === undefined) return text;
        const start = chosen.index + chosen[0].length - chosen[1]!.length;
        return text.slice(0, start) + value + text.slice(start + chosen[1]!.length);
      },
  );

const swap = fc.tuple(place, place).map(
  ([one, other]): Edit =>
    (text) => {
      const lines = text.split("\n");
      const [a, b] = [Math.floor(one * lines.length), Math.floor(other * lines.length)];
      const [first, second] = [lines[a], lines[b]];
      if (first === undefined || second === undefined) return text;
      lines[a] = second;
      lines[b] = first;
      return lines.join("\n");
    },
);

const edit = fc.oneof(
  { weight: 4, arbitrary: revaluing },
  { weight: 2, arbitrary: insertion },
  { weight: 1, arbitrary: deletion },
  { weight: 1, arbitrary: doubling },
  { weight: 1, arbitrary: swap },
);

describe("any edit of a valid config", () => {
  it("gives a config that runs, or plain messages", async () => {
    const tally = newTally();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...validConfigs),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (valid, edits) =>
          tryConfig(
            edits.reduce((text, each) => each(text), valid),
            tally,
          ),
      ),
      { numRuns: cases(60, 8000), endOnFailure: true },
    );
    report(`edits of valid configs (${tally.accepted} accepted, ${tally.refused} refused)`, tally.tried, 0);
  }, 1_800_000);
});
