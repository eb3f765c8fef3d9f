import type { Recorder } from "../../src/core/observation.ts";
import type { SourceKind } from "../../src/sources/types.ts";
import type { Watched } from "../../src/worlds/types.ts";

/** An entity of a source kind, with options as written in a config. */
export function watchedBy<Options>(
  kind: SourceKind<Options>,
  name: string,
  written: Record<string, unknown>,
  recorder: Recorder,
): Watched<Options> {
  const options = kind.schema.parse(written);
  return {
    entity: {
      name,
      kind: kind.entityKind.kind,
      links: kind.links(options),
      cadenceMs: kind.cadenceMs(options),
      options,
    },
    recorder,
  };
}
