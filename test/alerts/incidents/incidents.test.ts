import { describe, expect, it } from "vitest";
import { CAUSE_WITHIN_MS } from "../../../src/alerts/incidents/assign.ts";
import { CORRELATED_WITHIN_MS } from "../../../src/alerts/incidents/open-incidents.ts";
import { REOPENS_WITHIN_MS } from "../../../src/alerts/incidents/resolved-incidents.ts";
import { CAUSE_LASTS_MS } from "../../../src/alerts/incidents/roles.ts";
import { aFault, startIncidents } from "./harness.ts";

/** gateway -> auth, payment -> mail; reports stands alone. */
const CALLS = { gateway: ["auth", "payment"], payment: ["mail"] };
const PAGE = { entity: "payment", rule: "SERVICE_DOWN", severity: "page" as const };

describe("alerts of callers", () => {
  it("fold under the dependency that alerts, whichever comes first", () => {
    const together = startIncidents({ calls: CALLS });
    together.at(1, "gateway", "payment");
    const later = startIncidents({ calls: CALLS });
    later.at(1, "gateway");
    expect(later.texts()).toEqual(["gateway critical (open): cause gateway"]);
    expect(later.suppressed()).toEqual([]);
    later.at(2, "gateway", "payment");
    for (const { texts, suppressed } of [together, later]) {
      expect(texts()).toEqual(["payment critical (open): cause payment, symptom gateway"]);
      expect(suppressed()).toEqual(["gateway"]);
    }
  });

  it("are listed after those of the cause, the most severe of each first", () => {
    const { at, incidents } = startIncidents({ calls: CALLS });
    const warning = { entity: "payment", rule: "HIGH_CPU", severity: "warning" as const };
    at(1, "gateway", warning, "payment", PAGE);
    const listed = () => incidents()[0]!.members.map(({ rule, entity }) => `${rule} ${entity}`);
    const [others, symptom] = [["HIGH_ERROR_RATE payment"], "HIGH_ERROR_RATE gateway"];
    expect(listed()).toEqual(["SERVICE_DOWN payment", ...others, "HIGH_CPU payment", symptom]);
    at(2, "gateway", { ...warning, severity: "page" }, "payment", PAGE);
    expect(listed()).toEqual(["HIGH_CPU payment", "SERVICE_DOWN payment", ...others, symptom]);
  });

  it("move to a deeper dependency, whose incident takes over those of all its callers", () => {
    const { at, texts, incidents } = startIncidents({ calls: { a: ["c"], b: ["c"], c: ["d"] } });
    at(1, "a");
    at(2, "a", "b");
    expect(texts()).toEqual(["b critical (open): cause b", "a critical (open): cause a"]);
    at(3, "a", "b", "c");
    expect(texts()).toEqual(["c critical (open): cause c, symptom a, symptom b"]);
    at(4, "a", "b", "c", "d");
    expect(texts()).toEqual(["d critical (open): cause d, symptom a, symptom b, symptom c"]);
    expect(incidents()[0]).toMatchObject({ id: 1, startedAt: 1_000, detectedAt: 1_000, suppressed: 3 });
    const said = incidents()[0]!.timeline.map(({ text }) => text);
    expect(said).toContain("incident 2 (b critical) has the same cause");
    expect(said).toContain("d is the cause: c depends on it");
  });

  it("are told again when the cause of their cause is milder than they are", () => {
    const { at, texts, suppressed } = startIncidents({ calls: { x: ["d"], a: ["b"], b: ["d"] } });
    at(1, "x");
    at(2, "x", "a", "b");
    expect(suppressed()).toEqual(["a"]);
    at(3, "x", "a", "b", { entity: "d", severity: "warning" });
    expect(texts()).toEqual(["d degraded (open): cause d, symptom x, symptom b, symptom a"]);
    expect(suppressed()).toEqual([]);
  });

  it("of each other have the cause that began first", () => {
    const { at, texts } = startIncidents({ calls: { a: ["b"], b: ["a"] } });
    at(1, "b");
    at(2, "a", "b");
    expect(texts()).toEqual(["b critical (open): cause b, symptom a"]);
  });

  it("are not explained by a dependency that fails long after them", () => {
    const { at, texts } = startIncidents({ calls: CALLS });
    at(0, "gateway");
    at(CAUSE_WITHIN_MS / 1000 + 1, "gateway", "payment");
    expect(texts()).toEqual([
      "payment critical (open): cause payment",
      "gateway critical (open): cause gateway",
    ]);
  });

  it("are not suppressed when they are worse than their cause, unless a fault explains them", () => {
    const troubles = [{ entity: "payment", severity: "warning" as const }, "gateway"];
    const unknown = startIncidents({ calls: CALLS });
    unknown.at(1, ...troubles);
    expect(unknown.incidents()).toHaveLength(1);
    expect(unknown.suppressed()).toEqual([]);
    const fault = aFault("payment");
    const known = startIncidents({ calls: CALLS, faults: { payment: fault, gateway: fault } });
    known.at(1, ...troubles);
    expect(known.suppressed()).toEqual(["gateway"]);
  });

  it("stay suppressed while they recover after their cause, and no longer", () => {
    const { at, suppressed, texts, engine, incidents } = startIncidents({ calls: CALLS });
    at(0, "gateway", "payment");
    at(10, "gateway");
    expect(suppressed()).toEqual(["gateway"]);
    const end = 10 + CAUSE_LASTS_MS / 1000;
    at(end - 1, "gateway");
    expect(suppressed()).toEqual(["gateway"]);
    at(end, "gateway");
    expect(suppressed()).toEqual([]);
    expect(texts()).toEqual(["payment critical (open): cause gateway"]);
    at(end + 1);
    expect(incidents()[0]).toMatchObject({
      state: "resolved",
      entity: "payment",
      resolvedAt: (end + 1) * 1000,
    });
    const marks = engine.log.after(0).filter(({ type }) => type.includes("suppressed"));
    expect(marks.map(({ type, reason, alert }) => `${alert.entity} ${type}: ${reason}`)).toEqual([
      "gateway suppressed: payment critical",
      "gateway unsuppressed: no cause explains it any more",
    ]);
  });

  it("are told apart from trouble that has nothing to do with them", () => {
    const { at, texts, suppressed } = startIncidents({ calls: CALLS });
    at(1, "payment", "auth", "reports");
    expect(texts().toSorted()).toEqual([
      "auth critical (open): cause auth",
      "payment critical (open): cause payment",
      "reports critical (open): cause reports",
    ]);
    expect(suppressed()).toEqual([]);
  });
});

describe("an incident", () => {
  it("holds all alerts of an entity, and is as severe as the worst", () => {
    const { at, texts, incidents } = startIncidents({ calls: CALLS });
    at(1, "payment");
    at(2, "payment", PAGE);
    expect(texts()).toEqual(["payment down (open): cause payment"]);
    expect(incidents()[0]).toMatchObject({ severity: "page", members: [{}, {}] });
  });

  it("is resolved with its last alert, and reopened when it is back a short time later", () => {
    const { at, incidents } = startIncidents();
    at(10, "payment", PAGE);
    at(20, "payment");
    expect(incidents()[0]!.state).toBe("open");
    at(30);
    expect(incidents()).toMatchObject([{ state: "resolved", resolvedAt: 30_000, endedBy: "recovery" }]);
    const soon = 30 + REOPENS_WITHIN_MS / 1000;
    at(soon, "payment");
    expect(incidents()).toMatchObject([{ id: 1, state: "open", detectedAt: 10_000, resolvedAt: undefined }]);
    at(soon + 1);
    at(soon + 2 + REOPENS_WITHIN_MS / 1000, "payment");
    expect(incidents().map(({ id, state }) => `${id} ${state}`)).toEqual(["2 open", "1 resolved"]);
  });

  it("is acknowledged when all of its firing alerts but the symptoms are", () => {
    const { at, incidents, engine, alert } = startIncidents({ calls: CALLS });
    at(1, "payment", "gateway");
    engine.acknowledge(5_000, alert("payment").fingerprint, "alice");
    const acknowledged = { by: "alice", at: 5_000 };
    expect(incidents()[0]).toMatchObject({ state: "acknowledged", acknowledged });
    at(6, "payment", "gateway", PAGE);
    expect(incidents()[0]).toMatchObject({ state: "open", acknowledged });
  });

  it("is not acknowledged by those of its symptoms", () => {
    const { at, incidents, engine, alert } = startIncidents({ calls: CALLS });
    at(1, "payment", "gateway");
    engine.acknowledge(2_000, alert("gateway").fingerprint, "bob");
    expect(incidents()[0]).toMatchObject({ state: "open", acknowledged: undefined });
  });

  it("names the fault that explains it, also when only callers alert, and begins with it", () => {
    const fault = aFault("mail", 500);
    const { at, incidents } = startIncidents({ calls: CALLS, faults: { gateway: fault, payment: fault } });
    at(1, "gateway");
    at(2, "gateway", "payment");
    expect(incidents()).toMatchObject([{ entity: "payment", fault, startedAt: 500, detectedAt: 1_000 }]);
    expect(incidents()[0]!.timeline[0]).toEqual({
      at: 500,
      text: "outage was injected on mail",
      actor: "alice",
    });
  });

  it("of one fault is not that of another, however close they are", () => {
    const faults = { auth: aFault("auth", 0, 1), payment: aFault("payment", 0, 2) };
    const shared = { auth: { host: "h1" }, payment: { host: "h1" } };
    const { at, texts } = startIncidents({ calls: CALLS, faults, labels: shared });
    at(1, "auth", "payment", "gateway");
    expect(texts()).toHaveLength(2);
  });

  it("is not reopened by a fault that was injected after its end", () => {
    const faults: Record<string, ReturnType<typeof aFault>> = { payment: aFault("payment", 0, 1) };
    const { at, incidents } = startIncidents({ faults });
    at(1, "payment");
    at(2);
    faults.payment = aFault("payment", 3_000, 2);
    at(4, "payment");
    expect(incidents().map(({ id, fault }) => [id, fault?.id])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });
});

describe("alerts without a link", () => {
  const labels = { web: { host: "h1" }, db: { host: "h1" }, far: { host: "h2" }, bare: {} };
  const within = CORRELATED_WITHIN_MS / 1000;

  it("that begin at the same time on the same host are one incident, and none is suppressed", () => {
    const { at, texts, suppressed } = startIncidents({ labels });
    at(0, "web");
    at(within, "web", "db");
    expect(texts()).toEqual(["web critical (open): cause web, related db"]);
    expect(suppressed()).toEqual([]);
  });

  it.each([
    ["later", within + 1, "db"],
    ["on another host", 1, "far"],
    ["without a host", 1, "bare"],
  ])("that begin %s are not", (_, seconds, other) => {
    const { at, incidents } = startIncidents({ labels });
    at(0, "web");
    at(seconds, "web", other);
    expect(incidents()).toHaveLength(2);
  });
});
