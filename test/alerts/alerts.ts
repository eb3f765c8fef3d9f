import { type Alert, NO_MARKS } from "../../src/core/alert.ts";

/** A firing alert with the given properties. Its fingerprint follows from its rule and entity. */
export function anAlert(given: Partial<Alert> = {}): Alert {
  const { rule = "HIGH_LATENCY", entity = "payment-service", startedAt = 0 } = given;
  return {
    ...NO_MARKS,
    annotations: {},
    id: 1,
    fingerprint: `${rule}/${entity}`,
    occurrences: 1,
    rule,
    entity,
    labels: { alertname: rule, entity, kind: "service" },
    severity: "warning",
    state: "firing",
    message: `${entity}: p99=1,020ms over 1,000ms`,
    measure: "p99",
    startedAt,
    firesAt: undefined,
    firedAt: startedAt,
    keptFiringSince: undefined,
    resolvedAt: undefined,
    ...given,
  };
}
