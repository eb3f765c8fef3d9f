import { describe, expect, it } from "vitest";
import { closestWord, didYouMean } from "../../src/config/did-you-mean.ts";

const services = ["api-gateway", "auth-service", "payment-service", "notification-svc"];

describe("a suggestion", () => {
  it.each([
    ["payment-servce", "payment-service"],
    ["PAYMENT-SERVICE", "payment-service"],
    ["notification-scv", "notification-svc"],
    ["pay", "payment-service"],
    ["api", "api-gateway"],
    ["a", undefined],
    ["zebra", undefined],
    ["", undefined],
  ])("%s -> %s", (typed, meant) => {
    expect(closestWord(typed, services)).toBe(meant);
  });

  it("is not made between two equally good prefixes", () => {
    expect(closestWord("serv", ["service-one", "service-two"])).toBeUndefined();
  });

  it("lists the choices if there is no close word, but never a long list", () => {
    expect(didYouMean("zebra", services)).toBe(`; choose one of ${services.join(", ")}`);
    const many = Array.from({ length: 30 }, (_, index) => `service-${index}`);
    expect(didYouMean("zebra", many)).toMatch(/service-11 and 18 more$/);
    expect(didYouMean("zebra", [])).toBe("");
  });
});
