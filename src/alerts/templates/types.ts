import type { z } from "zod";

/** An entry of `rules:` as a config would spell it, without the keys that select its entities. */
export interface TemplateRule {
  readonly kind: string;
  readonly name: string;
  readonly [option: string]: unknown;
}

/** A set of rules for one kind of system, to be adapted by a few options. It is expanded when a config is read. */
export interface RuleTemplate<Options> {
  readonly kind: string;
  readonly description: string;
  /** Its options with their defaults, in config spelling (snake_case). */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** An example entry of `rules:`, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The entity kinds that it is for, unless an entry says otherwise. */
  readonly entityKinds: readonly string[];
  /** What it stands for. */
  rules(options: Options): readonly TemplateRule[];
}
