import { listAt } from "../draft.ts";
import { pathText, valueAt } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import { MAX_MEMBERS, MAX_RECEIVERS } from "./schema.ts";

/** Reports each team that contains itself, at the member that closes the circle. */
export function* teamCycles(file: YamlFile): Generator<ConfigProblem> {
  const teams = new Map<string, { readonly index: number; readonly members: readonly unknown[] }>();
  // Longer lists are refused; here they would only take time.
  for (const [index, entry] of listAt(file.value, ["notify", "receivers"])
    .slice(0, MAX_RECEIVERS)
    .entries()) {
    const name = valueAt(entry, ["name"]);
    if (typeof name !== "string" || teams.has(name)) continue;
    teams.set(name, { index, members: listAt(entry, ["members"]).slice(0, MAX_MEMBERS) });
  }
  const finished = new Set<string>();
  /** The teams around the current one, from the outside in. */
  const around = new Set<string>();

  function* visit(name: string): Generator<ConfigProblem> {
    const team = teams.get(name);
    if (team === undefined || finished.has(name)) return;
    around.add(name);
    for (const [place, member] of team.members.entries()) {
      if (typeof member !== "string") continue;
      if (!around.has(member)) {
        yield* visit(member);
        continue;
      }
      const path = ["notify", "receivers", team.index, "members", place];
      const inside = [...around];
      const circle = [...inside.slice(inside.indexOf(member)), member].join(" contains ");
      const message =
        member === name ? "must not be the team itself" : `makes a team contain itself: ${circle}`;
      yield file.problemAt(path, `${pathText(path)} ${message}; remove this member`);
    }
    around.delete(name);
    finished.add(name);
  }

  for (const name of teams.keys()) yield* visit(name);
}
