import { catalog } from "../../catalog/index.ts";
import type { Clock } from "../../core/clock.ts";
import type { Snapshot } from "../../monitor/types.ts";
import type { WatchRequest } from "../../watch/request.ts";
import { hasRealEntities } from "../silent-entities.ts";
import { observe } from "./observe.ts";
import { simulate } from "./simulate.ts";

/** An answer takes at most 10 s; the rest is for the start and the end of the program, ms. */
const ANSWER_AFTER_MS = 9_500;

/** The present state of everything, as far as it could be found out. */
export interface CurrentState {
  readonly snapshot: Snapshot;
  /** What is not known yet, if time was over before all was. */
  readonly missing: string | undefined;
}

/**
 * Simulated entities run on virtual time, as fast as possible; real time passes only if the config has real
 * entities.
 * @param startedAt when the question was asked, on the real clock
 */
export async function currentState(
  chosen: WatchRequest,
  realClock: Clock,
  startedAt: number,
): Promise<CurrentState> {
  const deadline = startedAt + ANSWER_AFTER_MS;
  const run = hasRealEntities(chosen.config, catalog) ? observe : simulate;
  const { snapshot, rest } = await run(chosen, realClock, deadline);
  const waited = Math.ceil(ANSWER_AFTER_MS / 1000);
  return { snapshot, missing: rest === undefined ? undefined : `after ${waited} s: ${rest}` };
}
