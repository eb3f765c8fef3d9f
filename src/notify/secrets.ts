import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";

/** Where a secret comes from: `${env:NAME}` or `${file:PATH}`. */
interface Reference {
  readonly type: string;
  readonly name: string;
}

const REFERENCE = /\$\{([^}]*)\}/g;
const PARTS = /^(env|file):(.*)$/s;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A secret of more than this is a wrong file, bytes. */
const MAX_BYTES = 65_536;

/** The reference to an environment variable, for examples. */
export function fromEnv(name: string): string {
  return `\${env:${name}}`;
}

/** A secret that is not there, as a sentence without its value. */
export class SecretProblem extends Error {}

/** Whether a text contains a reference. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}

/** What is wrong with the references of a text, as the end of a sentence about it; undefined if nothing is. */
export function referenceProblem(text: string): string | undefined {
  for (const [whole, inner] of text.matchAll(REFERENCE)) {
    const { type, name } = referenceOf(inner!);
    if (type === "env" && VARIABLE.test(name)) continue;
    if (type === "file" && /^(~\/|\/).*[^/]$/.test(name)) continue;
    if (type === "file")
      return `must have an absolute path in "${whole}", such as \${file:/run/secrets/token}`;
    if (VARIABLE.test(inner!)) return `must name the variable as \${env:${inner}}`;
    return `contains "${whole}"; write \${env:NAME} or \${file:/PATH}`;
  }
  return undefined;
}

function referenceOf(inner: string): Reference {
  const [, type = "", name = ""] = PARTS.exec(inner) ?? [];
  return { type, name };
}

/** The environment and the files that references are resolved with. */
export interface SecretSource {
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Options with their references replaced. */
export interface Resolved {
  readonly value: unknown;
  /** The values of the references. */
  readonly secrets: readonly string[];
}

/**
 * Replaces the references in all texts of a value. The last line break of a file is left out, since editors add it.
 * @throws SecretProblem
 */
export function resolveSecrets(value: unknown, source: SecretSource): Resolved {
  const secrets: string[] = [];
  const resolve = (part: unknown): unknown => {
    if (typeof part === "string") {
      return part.replace(REFERENCE, (_, inner: string) => {
        const secret = secretOf(referenceOf(inner), source);
        secrets.push(secret);
        return secret;
      });
    }
    if (Array.isArray(part)) return part.map(resolve);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, resolve(inner)]));
  };
  return { value: resolve(value), secrets };
}

function secretOf({ type, name }: Reference, { env }: SecretSource): string {
  if (type === "file") return secretFile(name);
  const value = env[name];
  if (value === undefined) throw new SecretProblem(`the environment variable ${name} is not set`);
  if (value === "") throw new SecretProblem(`the environment variable ${name} is empty`);
  return value;
}

function secretFile(name: string): string {
  const path = name.startsWith("~/") ? `${homedir()}${name.slice(1)}` : name;
  let text: string;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new SecretProblem(`${name} is not a regular file`);
    if (stat.size > MAX_BYTES) throw new SecretProblem(`the file ${name} is too large for a secret`);
    text = readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    if (error instanceof SecretProblem) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new SecretProblem(
      code === "ENOENT" ? `the file ${name} does not exist` : `the file ${name} cannot be read (${code})`,
    );
  }
  if (text === "") throw new SecretProblem(`the file ${name} is empty`);
  return text;
}
