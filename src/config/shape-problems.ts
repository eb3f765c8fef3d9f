import type { z } from "zod";
import { didYouMean } from "./did-you-mean.ts";
import { aboutValue, type Path, pathText, valueAt } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** More are not useful, and finding the place of each takes time in a long file. */
const MOST_PROBLEMS = 1000;

/** The issues that zod found, as sentences at their places in the file. Messages come from `mustBe`. */
export function shapeProblems(issues: readonly z.core.$ZodIssue[], file: YamlFile): ConfigProblem[] {
  return issues.slice(0, MOST_PROBLEMS).flatMap((issue) => problemsOf(issue, [], file));
}

function problemsOf(issue: z.core.$ZodIssue, outer: Path, file: YamlFile): ConfigProblem[] {
  const path = [...outer, ...issue.path];
  const value = valueAt(file.value, path);
  const at = (message: string) => file.problemAt(path, aboutValue(path, value, message));

  if (issue.code === "unrecognized_keys") {
    const sentences = issue.message.split("\n");
    return issue.keys
      .slice(0, MOST_PROBLEMS)
      .map((key, index) =>
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

/** A kind that is not registered. */
function chooseKind(value: unknown, options: readonly unknown[]): string {
  const kinds = options.filter((option) => typeof option === "string");
  if (typeof value !== "string") return `must be one of ${kinds.join(", ")}`;
  return `is an unknown kind: "${value}"${didYouMean(value, kinds)}`;
}

function guess(value: string, allowed: readonly unknown[]): string {
  const words = allowed.filter((word) => typeof word === "string");
  const sentence = didYouMean(value, words);
  // The words to choose from are in the message already.
  return sentence.startsWith("; did") ? sentence : "";
}

/** Of several shapes a value may have, the one that got furthest; none if it resembles no shape at all. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const begun = branches.filter((issues) => issues.some((issue) => issue.path.length > 0));
  return begun.toSorted((a, b) => a.length - b.length)[0];
}
