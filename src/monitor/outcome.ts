import type { Outcome } from "./types.ts";

export const done = (text: string): Outcome => ({ done: true, text });
export const refused = (text: string): Outcome => ({ done: false, text });
