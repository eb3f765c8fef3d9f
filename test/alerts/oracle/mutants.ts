import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const ALERTS = resolve(import.meta.dirname, "../../../src/alerts");

/** One deliberate mistake in the source of the life cycle. */
export interface Mutant {
  readonly mistake: string;
  readonly find: string;
  readonly replace: string;
}

/** The module src/alerts/lifecycle.ts with a mistake in it. */
export async function mutated({
  find,
  replace,
}: Mutant): Promise<typeof import("../../../src/alerts/lifecycle.ts")> {
  const source = await readFile(join(ALERTS, "lifecycle.ts"), "utf8");
  if (source.split(find).length !== 2) {
    throw new Error(`lifecycle.ts must contain "${find}" once: write the mutant anew for the changed source`);
  }
  const wrong = source
    .replace(find, replace)
    .replaceAll(/from "(\.[^"]+)"/g, (_, path: string) => `from "${pathToFileURL(resolve(ALERTS, path))}"`);
  const folder = await mkdtemp(join(tmpdir(), "faultline-mutant-"));
  try {
    const file = join(folder, "lifecycle.ts");
    await writeFile(file, wrong);
    return await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
