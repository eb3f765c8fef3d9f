import { z } from "zod";
import { lazy } from "./lazy.ts";
import { formatCount } from "./text.ts";

/** A list with this many issues is not checked further: more than are ever shown. */
const ENOUGH_ISSUES = 300;

/** Elements checked at a time; an element with lists of its own can have hundreds of issues. */
const SLICE = 10;

/**
 * A list in a config. Zod checks every element and copies the issues of all of them at every level, as
 * arguments of one call: half a million bad entries take seconds and overflow the stack. This list stops
 * after the first few hundred issues.
 */
const boundedArray = lazy(() =>
  z.core.$constructor<z.ZodArray>("BoundedArray", (inst, def) => {
    z.ZodArray.init(inst, def);
    const parse = inst._zod.parse;
    inst._zod.parse = (payload, context) => {
      const input: unknown = payload.value;
      const most = Number(inst._zod.bag.maximum ?? Number.POSITIVE_INFINITY);
      // Zod reports what is not a list, and a list that is too long, without looking at its elements.
      if (!Array.isArray(input) || input.length <= SLICE || input.length > most)
        return parse(payload, context);
      const value: unknown[] = [];
      for (let start = 0; start < input.length && payload.issues.length < ENOUGH_ISSUES; start += SLICE) {
        const part = parse({ value: input.slice(start, start + SLICE), issues: [] }, context);
        // Schemas of configs are synchronous.
        if (part instanceof Promise) throw new z.core.$ZodAsyncError();
        for (const issue of part.issues) {
          const [index, ...rest] = issue.path!;
          payload.issues.push({ ...issue, path: [Number(index) + start, ...rest] });
        }
        for (const each of part.value as unknown[]) value.push(each);
      }
      payload.issues.length = Math.min(payload.issues.length, ENOUGH_ISSUES);
      payload.value = value;
      return payload;
    };
  }),
);

/**
 * A list of at most `most` elements. Every list in a config is one of these.
 * @param problem the message for anything that is not a list
 * @param of what it lists, in the plural
 */
export function list<Element extends z.ZodType>(
  element: Element,
  most: number,
  { problem, of = "entries" }: { readonly problem?: string; readonly of?: string } = {},
): z.ZodArray<Element> {
  const definition = { type: "array", element, ...(problem === undefined ? {} : { error: () => problem }) };
  const bounded = new (boundedArray())(definition as never) as unknown as z.ZodArray<Element>;
  return bounded.max(most, `must list at most ${formatCount(most)} ${of}`);
}
