import { host } from "./host.ts";
import { http } from "./http.ts";
import { simulated } from "./simulated.ts";
import type { SourceKind } from "./types.ts";

/** Every kind of source, by the name it has in a config. */
export const sourceKinds = {
  simulated,
  http,
  host,
} satisfies Record<string, SourceKind>;
