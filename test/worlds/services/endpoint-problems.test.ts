import { describe, expect, it } from "vitest";
import { simOptionsSchema } from "../../../src/worlds/services/options.ts";

/** Every problem as path and message. */
function problemsOf(options: object): string[] {
  const { error } = simOptionsSchema().safeParse({ base_latency: 10, ...options });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`);
}

const NAME = "must be a name of 1 to 40 characters, such as /refund";
const SHARE = "must be a weight above 0, at most 1,000,000";
const FACTOR = "must be a factor from 0.01 to 100";
const INSTANCES = "must be a whole number from 1 to 100";

describe("problems of endpoints and instances are reported with path and message", () => {
  it.each<[object, string]>([
    [{ endpoints: [{}] }, `endpoints.0.name ${NAME}`],
    [{ endpoints: [{ name: "" }] }, `endpoints.0.name ${NAME}`],
    [{ endpoints: [{ name: " /a" }] }, "endpoints.0.name must not begin or end with a space"],
    [
      { endpoints: [{ name: "/\u001b[31m" }] },
      "endpoints.0.name must not contain line breaks, control characters or invisible characters",
    ],
    [{ endpoints: [{ name: "/a", share: 0 }] }, `endpoints.0.share ${SHARE}`],
    [{ endpoints: [{ name: "/a", share: Number.POSITIVE_INFINITY }] }, `endpoints.0.share ${SHARE}`],
    [{ endpoints: [{ name: "/a", share: "half" }] }, `endpoints.0.share ${SHARE}`],
    [{ endpoints: [{ name: "/a", latency: 0 }] }, `endpoints.0.latency ${FACTOR}`],
    [{ endpoints: [{ name: "/a", latency: "20ms" }] }, `endpoints.0.latency ${FACTOR}`],
    [{ endpoints: [{ name: "/a", error_rate: 2 }] }, "endpoints.0.error_rate must be a number from 0 to 1"],
    [
      { endpoints: [{ name: "/a" }, { name: "/b" }, { name: "/a" }] },
      'endpoints.2.name "/a" is already the name of an endpoint above; use another name',
    ],
    [
      { endpoints: Array.from({ length: 51 }, (_, index) => ({ name: `/${index}` })) },
      "endpoints must list at most 50 endpoints",
    ],
    [{ instances: 0 }, `instances ${INSTANCES}`],
    [{ instances: 101 }, `instances ${INSTANCES}`],
    [{ instances: 1.5 }, `instances ${INSTANCES}`],
    [{ instances: ["a", "b"] }, `instances ${INSTANCES}`],
  ])("%j", (options, problem) => {
    expect(problemsOf(options)).toEqual([problem]);
  });

  it("unknown keys and endpoints that are not maps are rejected", () => {
    expect(problemsOf({ endpoints: [{ name: "/a", shares: 1 }] })).toHaveLength(1);
    expect(problemsOf({ endpoints: ["/a"] })).toHaveLength(1);
  });

  it("fifty endpoints at a hundred instances are allowed", () => {
    const endpoints = Array.from({ length: 50 }, (_, index) => ({ name: `/${index}` }));
    expect(problemsOf({ endpoints, instances: 100 })).toEqual([]);
  });
});
