import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { DAY_MS, duration, HOUR_MS, whole } from "../../core/quantity.ts";
import { statusSchema } from "./status.ts";

/** True for an absolute http or https URL with a host. */
function isHttpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:";
}

/** True if Node accepts the headers; otherwise every probe would fail. */
function areHeaders(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}

const URL_PROBLEM = "must be an http or https URL, such as http://localhost:8080/health";

/** The options of an HTTP probe, in config spelling. */
export const httpOptions = lazy(() =>
  z.strictObject({
    url: z.string({ error: URL_PROBLEM }).refine(isHttpUrl, URL_PROBLEM).describe("URL to request"),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
      .default("GET")
      .describe("request method"),
    headers: z
      .record(z.string(), z.string())
      .refine(areHeaders, "contains a name or a value that HTTP does not allow")
      .default({})
      .describe("request headers, by name"),
    body: z.string().optional().describe("request body"),
    expected_status: statusSchema()
      .default("200-399")
      .describe('statuses that count as success: 204, "2xx", "200-399", or a list of those'),
    expected_body: z
      .string()
      .min(1, "must not be empty")
      .optional()
      .describe("text that the response body must contain; HEAD has no body"),
    timeout: duration(1, HOUR_MS).default(2_000).describe("timeout of a probe, including redirects and body"),
    interval: duration(100, DAY_MS)
      .default(5_000)
      .describe("time from the start of one probe to the start of the next"),
    retry_interval: duration(100, DAY_MS)
      .default(1_000)
      .describe(
        "time from a failed probe to the next until failure_threshold is reached, if shorter than interval",
      ),
    failure_threshold: whole(1, 1000)
      .default(3)
      .describe(
        "consecutive failed probes that count as a failed health check; each one counts as a failed request",
      ),
    follow_redirects: z
      .boolean()
      .default(false)
      .describe("follow redirects, at most 5; otherwise the redirect itself is the response"),
  }),
);

export type HttpOptions = z.output<ReturnType<typeof httpOptions>>;
