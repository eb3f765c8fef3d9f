import { createRedact, type Redact } from "./redact.ts";
import { secretTexts } from "./secret-texts.ts";
import { resolveSecrets, SecretProblem, type SecretSource } from "./secrets.ts";
import type { ChannelConfig } from "./settings.ts";
import type { ChannelKind, OptionProblem } from "./types.ts";

/** The options of a channel with its secrets resolved, or why they are not. */
export type Prepared =
  | { readonly ok: true; readonly options: unknown; readonly redact: Redact }
  | {
      readonly ok: false;
      /** At least one; without secrets. */
      readonly problems: readonly OptionProblem[];
      /** A reference cannot be resolved here; on another machine it may. Otherwise the values are wrong. */
      readonly isMissing: boolean;
    };

/** Resolves the secrets of a channel and validates what they resolve to. */
export function prepareOptions(config: ChannelConfig, kind: ChannelKind, source: SecretSource): Prepared {
  const values: Record<string, unknown> = {};
  const secrets: string[] = [];
  const missing: OptionProblem[] = [];
  for (const [name, value] of Object.entries(config.options as Readonly<Record<string, unknown>>)) {
    try {
      const resolved = resolveSecrets(value, source);
      values[name] = resolved.value;
      secrets.push(...resolved.secrets);
    } catch (error) {
      if (!(error instanceof SecretProblem)) throw error;
      missing.push({ path: [name], message: error.message });
    }
  }
  if (missing.length > 0) return { ok: false, problems: missing, isMissing: true };
  const parsed = kind.schema.safeParse(values);
  const redact = createRedact([...secrets, ...secretTexts(kind, values).map(({ text }) => text)]);
  if (parsed.success) return { ok: true, options: parsed.data, redact };
  const problems = parsed.error.issues.map(({ path, message }) => ({ path, message: redact(message) }));
  return { ok: false, problems, isMissing: false };
}
