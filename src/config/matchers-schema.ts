import { z } from "zod";
import { lazy } from "../core/lazy.ts";
import { parseMatchers } from "../core/matchers.ts";

/** Matchers as Alertmanager writes them, kept as text; see `parseMatchers`. */
export const matchersSchema = lazy(() =>
  z.string().superRefine((text, { addIssue }) => {
    try {
      parseMatchers(text);
    } catch (error) {
      addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
    }
  }),
);
