import type { ConfigProblem } from "./types.ts";

/** `file:line:column: message`, which editors and terminals turn into a link. */
export function formatProblem(file: string, problem: ConfigProblem): string {
  return `${file}:${problem.line}:${problem.column}: ${problem.message}`;
}
