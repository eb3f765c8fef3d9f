import { execFileSync } from "node:child_process";

/**
 * Runs a script of this folder in a process of its own and gives what it printed, which must be JSON: what
 * came before in this process, garbage and compiled code, is no part of what is measured there.
 */
export function inOwnProcess(script: string, args: readonly (string | number)[]): unknown {
  const file = new URL(script, import.meta.url).pathname;
  const output = execFileSync(process.execPath, ["--expose-gc", file, ...args.map(String)], {
    encoding: "utf8",
  });
  return JSON.parse(output);
}
