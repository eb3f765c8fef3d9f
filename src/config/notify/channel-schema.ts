import { z } from "zod";
import type { Catalog } from "../../catalog/catalog.ts";
import { lazy } from "../../core/lazy.ts";
import { entityName } from "../../core/names.ts";
import { duration, HOUR_MS, MINUTE_MS } from "../../core/quantity.ts";
import type { Rate } from "../../notify/settings.ts";
import { extended, unionOf } from "../entry-schemas.ts";

/** An entry of `notify.channels`: the common keys and those of its kind in one map. */
export interface ChannelEntry {
  readonly name: string;
  readonly kind: string;
  /** ms */
  readonly timeout: number;
  readonly rate?: Rate | "none" | undefined;
  readonly template: { readonly title?: string | undefined; readonly body?: string | undefined };
  readonly [option: string]: unknown;
}

const RATE = /^([1-9]\d{0,3})\/(s|min|h)$/;
const RATE_PROBLEM = "must be a number per s, min or h, such as 10/min, or none";
const PER_MS: Readonly<Record<string, number>> = { s: 1000, min: MINUTE_MS, h: HOUR_MS };

const rate = lazy(() =>
  z
    .string({ error: RATE_PROBLEM })
    .refine((text) => text === "none" || RATE.test(text), RATE_PROBLEM)
    .transform((text): Rate | "none" => {
      const [, count, unit = ""] = RATE.exec(text) ?? [];
      return count === undefined ? "none" : { count: Number(count), perMs: PER_MS[unit]! };
    }),
);

/** The keys that channels of every kind have. */
const common = lazy(() => ({
  name: entityName().describe("unique name, up to 40 characters"),
  timeout: duration(100, 5 * MINUTE_MS)
    .default(10_000)
    .describe("time limit of one attempt"),
  rate: rate()
    .optional()
    .describe("most notifications to one receiver, such as 10/min, or none; default: by kind"),
  template: z
    .strictObject({
      title: z.string().max(1000).optional().describe("template of the title, one line"),
      body: z.string().max(20_000).optional().describe("template of the body"),
    })
    .prefault({})
    .describe("replaces the template of the kind, or a part of it"),
}));

/** A channel of any kind. */
export function createChannelSchema(catalog: Catalog): z.ZodType<ChannelEntry> {
  const entries = [...catalog.channels.values()].map(({ kind, description, schema }) =>
    extended(`Channel ${kind}`, schema, { ...common(), kind: z.literal(kind).describe(description) }),
  );
  return unionOf("kind", entries, "must be a map with at least a name and a kind");
}
