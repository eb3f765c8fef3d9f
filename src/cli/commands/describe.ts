import { closestWord } from "../../config/did-you-mean.ts";
import type { CommandDefinition } from "../command.ts";
import type { KindEntry } from "../describe/entries.ts";
import { GROUPS } from "../describe/groups.ts";
import { renderKinds } from "../describe/render.ts";
import { usageError } from "../errors.ts";

/** Tells every kind in the registries, with its options. */
export const describeCommand: CommandDefinition = (program, { io }) => {
  program
    .command("describe")
    .description("every source, model, fault and rule, with its options, and what the store keeps")
    .argument("[kind]", `one kind, or one of ${GROUPS.join(", ")}; default: all of them`)
    .option("--json", "as JSON")
    .action(async (kind: string | undefined, options: { readonly json?: true }) => {
      // The schemas of everything: the other commands do without.
      const { allKinds } = await import("../describe/entries.ts");
      const kinds = kind === undefined ? allKinds() : find(kind, allKinds());
      io.stdout.write(options.json ? `${JSON.stringify(kinds, null, 2)}\n` : renderKinds(kinds));
    });
};

/** By the kind's name or its registry's; one name may be a fault's and a rule's at once. */
function find(word: string, all: readonly KindEntry[]): readonly KindEntry[] {
  const wanted = word.toLowerCase();
  const found = all.filter(({ kind, group }) => kind.toLowerCase() === wanted || group === wanted);
  if (found.length > 0) return found;
  const closest = closestWord(word, [...all.map(({ kind }) => kind), ...GROUPS]);
  const advice =
    closest === undefined ? "run faultline describe to see them all" : `did you mean ${closest}?`;
  throw usageError(`there is no kind "${word}"; ${advice}`);
}
