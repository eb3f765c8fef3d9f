import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";

const problemsOf = (rest: string) => {
  const result = parseConfig(`services: [{ name: a, base_latency: 10ms, ${rest} }]`);
  return result.ok ? [] : result.problems.map(({ message }) => message);
};

describe("what is wrong with endpoints and instances is said in plain words", () => {
  it.each([
    [
      "endpoints: [{ }]",
      "endpoints[0].name is missing; it must be a name of 1 to 40 characters, such as /refund",
    ],
    ["endpoints: [{ name: '' }]", "endpoints[0].name must be a name of 1 to 40 characters, such as /refund"],
    ["endpoints: [{ name: ' /a' }]", "endpoints[0].name must not begin or end with a space"],
    [
      'endpoints: [{ name: "/\\e[31m" }]',
      "endpoints[0].name must not hold line breaks, control characters or invisible signs",
    ],
    ["endpoints: [{ name: /a, share: 0 }]", "endpoints[0].share must be a weight above 0, at most 1,000,000"],
    [
      "endpoints: [{ name: /a, share: .inf }]",
      "endpoints[0].share must be a weight above 0, at most 1,000,000",
    ],
    [
      "endpoints: [{ name: /a, share: half }]",
      "endpoints[0].share must be a weight above 0, at most 1,000,000",
    ],
    ["endpoints: [{ name: /a, latency: 0 }]", "endpoints[0].latency must be a factor from 0.01 to 100"],
    ["endpoints: [{ name: /a, latency: 20ms }]", "endpoints[0].latency must be a factor from 0.01 to 100"],
    ["endpoints: [{ name: /a, error_rate: 2 }]", "endpoints[0].error_rate must be a number from 0 to 1"],
    [
      "endpoints: [{ name: /a }, { name: /b }, { name: /a }]",
      'endpoints[2].name "/a" is taken by an endpoint above; give it another name',
    ],
    [
      "endpoints: [{ name: /a, shares: 1 }]",
      'endpoints[0].shares is not a key that is known here; did you mean "share"?',
    ],
    ["endpoints: [/a]", "endpoints[0] must be a map of keys and values"],
    [
      `endpoints: [${Array.from({ length: 51 }, (_, index) => `{ name: /${index} }`).join(", ")}]`,
      "endpoints must list at most 50 endpoints",
    ],
    ["instances: 0", "instances must be a whole number from 1 to 100"],
    ["instances: 101", "instances must be a whole number from 1 to 100"],
    ["instances: 1.5", "instances must be a whole number from 1 to 100"],
    ["instances: [a, b]", "instances must be a whole number from 1 to 100"],
  ])("%s", (rest, problem) => {
    expect(problemsOf(rest)).toEqual([`services[0].${problem}`]);
  });

  it("fifty endpoints at a hundred instances are allowed", () => {
    const endpoints = Array.from({ length: 50 }, (_, index) => `{ name: /${index} }`).join(", ");
    expect(problemsOf(`endpoints: [${endpoints}], instances: 100`)).toEqual([]);
  });
});
