import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** Node's https module, loaded on demand: loading TLS takes longer than drawing the first frame. */
export function tls(): typeof import("node:https") {
  return load("node:https");
}
