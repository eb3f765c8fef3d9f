import { MINUTE_MS } from "../core/quantity.ts";
import type { Rate } from "./settings.ts";

/** The usual template of a title: "[FIRING] payment-service: HIGH_LATENCY". */
export const TITLE = "[{{ status }}] {{ subject }}";

/** The usual template of a body. */
export const BODY = [
  "{{ alerts }}",
  "",
  "{{ annotations.summary }}",
  "{{ annotations.description }}",
  "runbook: {{ annotations.runbook }}",
  "acknowledged by {{ acknowledged_by }}",
].join("\n");

/** The usual limit for channels that a person reads. */
export const TEN_PER_MINUTE: Rate = { count: 10, perMs: MINUTE_MS };
