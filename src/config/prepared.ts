import type { Config } from "./types.ts";

/**
 * Looks up configs that the build has parsed in advance: those that ship with the program. Empty in a
 * checkout; the build replaces this module.
 */
export function preparedConfig(_text: string): Config | undefined {
  return undefined;
}

/** Differs for each build of the program; undefined in a checkout, where the code can change at any time. */
export const buildId: string | undefined = undefined;
