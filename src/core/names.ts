import { z } from "zod";
import { lazy } from "./lazy.ts";
import { PRINTABLE, UNPRINTABLE } from "./printable.ts";

const text = lazy(() => z.string({ error: "must be text; put it in quotes" }));

/** The name of an entity, unique among all entities. */
export const entityName = lazy(() =>
  text()
    .min(1, "must be a name of 1 to 40 characters")
    .max(40, "must be a name of 1 to 40 characters")
    .regex(PRINTABLE, UNPRINTABLE)
    .refine((name) => name === name.trim(), "must not begin or end with a space")
    // Reserved: the store records the histograms of all entities together under this name.
    .refine((name) => name !== "*", 'must not be "*", which is reserved for the whole fleet'),
);

/** Free-form labels of an entity. */
export const entityLabels = lazy(() => {
  const printable = text().regex(PRINTABLE, UNPRINTABLE);
  return z.record(printable, printable);
});
