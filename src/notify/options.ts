import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import { lazy } from "../core/lazy.ts";
import { hasReference } from "./secrets.ts";

/**
 * A text that may contain references to secrets. With references it is valid; what they resolve to is checked when the
 * channel is opened, by the same schema.
 * @param isValid of a text without references
 * @param problem must not quote the text, which can be a secret
 */
export function referable(isValid: (text: string) => boolean, problem: string) {
  return z
    .string({ error: problem })
    .max(4096, "must have at most 4,096 characters")
    .refine((text) => hasReference(text) || isValid(text), problem);
}

/** A text of at least one character. */
export const secretText = lazy(() => referable((text) => text !== "", "must not be empty"));

function isHttpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== "";
}

/** An absolute http or https URL. */
export const httpUrl = lazy(() =>
  referable(isHttpUrl, "must be an http or https URL, such as https://hooks.example/faultline"),
);

/** True if Node accepts the headers; otherwise every attempt would fail. */
function areHeaders(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      if (!hasReference(value)) validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}

/** HTTP headers, by name. */
export const headers = lazy(() =>
  z
    .record(z.string().max(200), z.string().max(4096))
    .refine(areHeaders, "contains a name or a value that HTTP does not allow")
    .default({}),
);
