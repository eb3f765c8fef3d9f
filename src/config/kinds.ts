import type { z } from "zod";

/** What a config needs to know of a kind of source. Every `SourceKind` is one. */
export interface ConfigurableSource {
  readonly kind: string;
  readonly description: string;
  readonly schema: z.ZodObject;
  cadenceMs(options: unknown): number;
  calls(options: unknown): readonly string[];
}

/** What a config needs to know of a kind of rule. Every `RuleKind` is one. */
export interface ConfigurableRule {
  readonly kind: string;
  readonly description: string;
  readonly schema: z.ZodObject;
}

/** The kinds a config may speak of: the registries, or a test's own. */
export interface ConfigKinds {
  readonly sources: Readonly<Record<string, ConfigurableSource>>;
  readonly rules: Readonly<Record<string, ConfigurableRule>>;
  /** The kind of source of a service that names none. */
  readonly defaultSource: string;
}
