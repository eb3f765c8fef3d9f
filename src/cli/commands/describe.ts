import { catalog } from "../../catalog/index.ts";
import { closestWord } from "../../config/did-you-mean.ts";
import type { CommandDefinition } from "../command.ts";
import type { KindEntry } from "../describe/entries.ts";
import { GROUPS } from "../describe/groups.ts";
import { renderKinds } from "../describe/render.ts";
import { usageError } from "../errors.ts";

/** Lists every registered kind with its options. */
export const describeCommand: CommandDefinition = (program, { io }) => {
  program
    .command("describe")
    .description("list worlds, sources, entity kinds, faults, actions, rules and channels with their options")
    .argument("[kind]", `one kind, or one of ${GROUPS.join(", ")}; default: all of them`)
    .option("--json", "as JSON")
    .action(async (kind: string | undefined, options: { readonly json?: true }) => {
      // Loaded here because no other command needs it.
      const { allKinds } = await import("../describe/entries.ts");
      const all = allKinds(catalog);
      const kinds = kind === undefined ? all : find(kind, all);
      io.stdout.write(options.json ? `${JSON.stringify(kinds, null, 2)}\n` : renderKinds(kinds));
    });
};

/** Finds kinds by name or by registry; kinds of different registries can share a name. */
function find(word: string, all: readonly KindEntry[]): readonly KindEntry[] {
  const wanted = word.toLowerCase();
  const found = all.filter(({ kind, group }) => kind.toLowerCase() === wanted || group === wanted);
  // A registry can be empty.
  if (found.length > 0 || GROUPS.some((group) => group === wanted)) return found;
  const closest = closestWord(word, [...all.map(({ kind }) => kind), ...GROUPS]);
  const advice =
    closest === undefined ? "run faultline describe to list them all" : `did you mean ${closest}?`;
  throw usageError(`there is no kind "${word}"; ${advice}`);
}
