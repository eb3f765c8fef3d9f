import { host } from "./host.ts";
import { http } from "./http.ts";
import { simulated } from "./simulated.ts";
import type { SourceKind } from "./types.ts";

/** All source kinds, by their name in configs. */
export const sourceKinds = {
  simulated,
  http,
  host,
} satisfies Record<string, SourceKind>;
