import type { z } from "zod";
import { didYouMean } from "./did-you-mean.ts";
import { aboutValue, type Path, pathText, valueAt } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Converts the issues of zod to messages with positions in the file. Texts come from `mustBe`. */
export function* shapeProblems(
  issues: readonly z.core.$ZodIssue[],
  file: YamlFile,
): Generator<ConfigProblem> {
  for (const issue of issues) yield* problemsOf(issue, [], file);
}

function problemsOf(issue: z.core.$ZodIssue, outer: Path, file: YamlFile): readonly ConfigProblem[] {
  const path = [...outer, ...issue.path];
  const value = valueAt(file.value, path);
  const at = (message: string) => file.problemAt(path, aboutValue(path, value, message));

  if (issue.code === "unrecognized_keys") {
    const sentences = issue.message.split("\n");
    return issue.keys.map((key, index) =>
      file.problemAtKey(path, key, `${pathText([...path, key])} ${sentences[index] ?? sentences[0]}`),
    );
  }
  if (issue.code === "invalid_union") {
    if (issue.discriminator !== undefined && "options" in issue) {
      return [at(chooseKind(value, issue.options ?? []))];
    }
    const nested = nearestBranch(issue.errors);
    if (nested !== undefined) return nested.flatMap((inner) => problemsOf(inner, path, file));
  }
  if (issue.code === "invalid_value" && typeof value === "string") {
    return [at(`${issue.message}, not "${value}"${guess(value, issue.values)}`)];
  }
  if (issue.code === "invalid_key" || issue.code === "invalid_element") {
    return issue.issues.flatMap((inner) => problemsOf(inner, path, file));
  }
  return [at(issue.message)];
}

/** The message for an unknown kind. */
function chooseKind(value: unknown, options: readonly unknown[]): string {
  const kinds = options.filter((option) => typeof option === "string");
  if (typeof value !== "string") return `must be one of ${kinds.join(", ")}`;
  return `is an unknown kind: "${value}"${didYouMean(value, kinds)}`;
}

function guess(value: string, allowed: readonly unknown[]): string {
  const words = allowed.filter((word) => typeof word === "string");
  const sentence = didYouMean(value, words);
  // The message already contains the list of words.
  return sentence.startsWith("; did") ? sentence : "";
}

/** Of several possible schemas, the issues of the closest match; none if the value matches no schema. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const begun = branches.filter((issues) => issues.some((issue) => issue.path.length > 0));
  return begun.toSorted((a, b) => a.length - b.length)[0];
}
