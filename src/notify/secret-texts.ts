import type { ChannelKind, OptionProblem } from "./types.ts";

/** Names of headers and of query parameters whose values are secret. */
const SECRET_NAME = /auth|token|key|secret|cookie|pass|sig/i;

/** A secret that stands in the options. */
export interface SecretText {
  readonly path: OptionProblem["path"];
  readonly text: string;
}

/**
 * The secret texts among options: those of the options that the kind declares secret (of a map, the values whose names
 * say so), and the passwords and tokens in other URLs.
 */
export function secretTexts({ secrets }: Pick<ChannelKind, "secrets">, options: unknown): SecretText[] {
  if (!isMap(options)) return [];
  const found = Object.entries(options).flatMap(([option, value]) =>
    textsIn(value, [option]).flatMap(({ path, text }) => {
      if (!secrets.includes(option)) return secretsOfUrl(text).map((secret) => ({ path, text: secret }));
      const isSecret = !isMap(value) || SECRET_NAME.test(String(path[1]));
      return isSecret ? [{ path, text }] : [];
    }),
  );
  return found.filter(({ text }) => text !== "");
}

/** All texts inside a value. */
function textsIn(value: unknown, path: OptionProblem["path"]): SecretText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((inner, index) => textsIn(inner, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

function secretsOfUrl(text: string): string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.host === "") return [];
  const values = [...url.searchParams].filter(([name]) => SECRET_NAME.test(name)).map(([, value]) => value);
  return [url.password, ...values];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
