import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The real promtool (Debian package prometheus), which judges what these tests claim about Prometheus. */
export const promtoolVersion = versionOf("promtool");

if (promtoolVersion === undefined) {
  console.warn("promtool is not installed (Debian package prometheus): the tests that it judges are skipped");
}

/** What promtool said about files that it refuses or that failed. */
export interface Judgement {
  readonly passed: boolean;
  readonly output: string;
}

/** `promtool check rules` on the text of one rule file. */
export function checkRules(rules: string): Promise<Judgement> {
  return inFolder({ "rules.yml": rules }, ["check", "rules", "rules.yml"]);
}

/**
 * `promtool test rules`.
 * @param files the texts of the test files and of the rule files that they name, by name
 * @param tests the names of the test files
 */
export function testRules(
  files: Readonly<Record<string, string>>,
  tests: readonly string[],
): Promise<Judgement> {
  return inFolder(files, ["test", "rules", ...tests]);
}

async function inFolder(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Judgement> {
  const folder = await mkdtemp(join(tmpdir(), "faultline-promtool-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await new Promise((resolve) => {
      execFile("promtool", args, { cwd: folder, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
        resolve({ passed: error === null, output: withoutSuccesses(`${stderr}${stdout}`) }),
      );
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Only the files that failed. */
function withoutSuccesses(output: string): string {
  return output.replaceAll(/^(Unit Testing:|Checking).*\n +SUCCESS.*\n+/gm, "");
}

function versionOf(program: string): string | undefined {
  try {
    const text = execFileSync(program, ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return /version (\S+?)[,\s]/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}
