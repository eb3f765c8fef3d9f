import fc from "fast-check";
import { SEVERITIES } from "../../src/core/alert.ts";
import { type Notification, type NotifiedAlert, REASONS } from "../../src/core/notification.ts";

export const AT = Date.UTC(2026, 2, 1, 12, 0, 0);

export function aNotifiedAlert(given: Partial<NotifiedAlert> = {}): NotifiedAlert {
  const { rule = "HIGH_LATENCY", entity = "payment-service" } = given;
  return {
    fingerprint: `${rule}/${entity}`,
    rule,
    entity,
    severity: "critical",
    state: "firing",
    labels: { alertname: rule, entity, kind: "service", team: "payments" },
    annotations: { runbook: "https://wiki.example/latency" },
    message: `${entity}: p99=1,020ms over 1,000ms`,
    startsAt: AT - 60_000,
    endsAt: undefined,
    ...given,
  };
}

/** The notification of one critical alert, with the given properties. */
export function aNotification(given: Partial<Notification> = {}): Notification {
  return {
    key: "5e".repeat(32),
    groupKey: "9a".repeat(32),
    reason: "firing",
    severity: "critical",
    receiver: "alice",
    channel: "ops",
    group: { entity: "payment-service" },
    alerts: [aNotifiedAlert()],
    level: 0,
    createdAt: AT,
    ...given,
  };
}

/** The notification that all alerts of the one above have ended. */
export function aResolution(given: Partial<Notification> = {}): Notification {
  return aNotification({
    reason: "resolved",
    alerts: [aNotifiedAlert({ state: "resolved", endsAt: AT })],
    ...given,
  });
}

/** Texts as they can come from outside: any characters, also those that mean something to a recipient. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom(
    "<!channel>",
    "\u001b]0;x\u0007",
    "a\r\nBcc: eve@x.example",
    "{{ key }}",
    ".\r\n.",
    "'\"$(x)`",
  ),
);
const anyLabels = fc.dictionary(fc.oneof(fc.constantFrom("team", "runbook"), anyText), anyText, {
  maxKeys: 5,
});
const anyHash = fc.stringMatching(/^[0-9a-f]{64}$/);
const anyTime = fc.integer({ min: 0, max: 4e12 });

const anyAlert: fc.Arbitrary<NotifiedAlert> = fc
  .record({
    fingerprint: anyHash,
    rule: anyText,
    entity: anyText,
    severity: fc.constantFrom(...SEVERITIES),
    labels: anyLabels,
    annotations: anyLabels,
    message: anyText,
    startsAt: anyTime,
    lasted: fc.option(fc.nat(1e9), { nil: undefined }),
  })
  .map(({ lasted, ...alert }) => ({
    ...alert,
    state: lasted === undefined ? "firing" : "resolved",
    endsAt: lasted === undefined ? undefined : alert.startsAt + lasted,
  }));

/** Any notification, of none to many alerts. */
export const anyNotification: fc.Arbitrary<Notification> = fc.record({
  key: anyHash,
  groupKey: anyHash,
  reason: fc.constantFrom(...REASONS),
  severity: fc.constantFrom(...SEVERITIES),
  receiver: fc.string({ minLength: 1, maxLength: 40 }),
  channel: fc.string({ minLength: 1, maxLength: 40 }),
  group: anyLabels,
  alerts: fc.array(anyAlert, { maxLength: 8 }),
  level: fc.nat(3),
  createdAt: anyTime,
});
