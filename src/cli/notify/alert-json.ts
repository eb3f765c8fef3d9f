import { readFile } from "node:fs/promises";
import { z } from "zod";
import { pathText } from "../../config/sentences.ts";
import { SEVERITIES } from "../../core/alert.ts";
import { lazy } from "../../core/lazy.ts";
import type { NotifiedAlert } from "../../core/notification.ts";
import { usageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { resolvePath } from "../paths.ts";

const time = lazy(() =>
  z.union([z.number().min(0).max(8.64e15), z.string().refine((text) => !Number.isNaN(Date.parse(text)))], {
    error: "must be a time, such as 2026-03-01T12:00:00Z",
  }),
);
const labels = lazy(() => z.record(z.string(), z.string({ error: "must be text" })));

/** What is known of an alert: as Faultline reports it (`snapshot`), as Alertmanager does, or only a part. */
const schema = lazy(() =>
  z.looseObject({
    rule: z.string().optional(),
    entity: z.string().optional(),
    service: z.string().optional(),
    severity: z.enum(SEVERITIES).optional(),
    state: z.string().optional(),
    message: z.string().optional(),
    labels: labels().optional(),
    annotations: labels().optional(),
    startsAt: time().optional(),
    started_at: time().optional(),
    endsAt: time().optional(),
  }),
);

const SHAPE = 'such as {"entity": "payment-service", "rule": "HIGH_LATENCY", "severity": "page"}';

/** Reads an alert from JSON, or from the file that is named instead. What is missing gets an example. */
export async function alertFromJson(json: string, io: CliIo, now: number): Promise<NotifiedAlert> {
  const text = /^\s*[{[]/.test(json) ? json : await fileText(json, io);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usageError(`the alert is not valid JSON; write an object, ${SHAPE}`);
  }
  const parsed = schema().safeParse(Array.isArray(value) ? value[0] : value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw usageError(
      `the alert is not valid: ${path.length === 0 ? "it" : pathText(path)} ${message}; ${SHAPE}`,
    );
  }
  return alertOf(parsed.data, now);
}

async function fileText(name: string, io: CliIo): Promise<string> {
  try {
    return await readFile(resolvePath(io, name), "utf8");
  } catch {
    throw usageError(
      `there is no alert in "${name}"; give it as JSON, ${SHAPE}, or name a file that can be read`,
    );
  }
}

function alertOf(given: z.output<ReturnType<typeof schema>>, now: number): NotifiedAlert {
  const rule = given.rule ?? given.labels?.alertname ?? "HIGH_LATENCY";
  const entity =
    given.entity ?? given.service ?? given.labels?.entity ?? given.labels?.service ?? "payment-service";
  const named = SEVERITIES.find((severity) => severity === given.labels?.severity);
  const isResolved = given.state === "resolved";
  const startsAt = msOf(given.startsAt ?? given.started_at) ?? now;
  return {
    fingerprint: `${rule}/${entity}`,
    rule,
    entity,
    severity: given.severity ?? named ?? "critical",
    state: isResolved ? "resolved" : "firing",
    labels: { alertname: rule, entity, ...given.labels },
    annotations: given.annotations ?? {},
    message: given.message ?? given.annotations?.summary ?? `${entity}: ${rule}`,
    startsAt,
    endsAt: isResolved ? (msOf(given.endsAt) ?? now) : undefined,
  };
}

function msOf(at: string | number | undefined): number | undefined {
  return typeof at === "string" ? Date.parse(at) : at;
}
