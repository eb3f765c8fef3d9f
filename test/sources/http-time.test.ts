import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createHttpSource, http } from "../../src/sources/http.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { httpServer, rawServer } from "./http-servers.ts";
import { observe, passed, probed, unanswered, unexpected } from "./probe-url.ts";
import { createRecording, type Recording } from "./recording.ts";

const good = { latencyMs: 1, responded: true, failure: undefined };

/** Lets all pending promises settle. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs another probe against a separate server, so that everything sent before has arrived. */
async function meanwhile(): Promise<void> {
  await probed({ url: await httpServer((_, response) => response.end()) });
}

describe("the timing of a probe", () => {
  it("ends with the timeout, and frees the connection", async () => {
    const closed: Promise<unknown>[] = [];
    const arrived = Promise.withResolvers<void>();
    const port = await rawServer((socket) => {
      closed.push(once(socket, "close"));
      socket.once("data", () => arrived.resolve());
    });
    const { record, pass } = observe({ url: `http://127.0.0.1:${port}/`, timeout: "2s" });
    await arrived.promise;
    pass(1_999);
    expect(record.entries()).toEqual([]);
    pass(1);
    expect(await record.afterRequests(1)).toEqual(unanswered("timeout after 2s"));
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
  });

  it("includes the body, and the timeout is reported exactly", async () => {
    const begun = Promise.withResolvers<void>();
    const url = await httpServer((_, response) => void response.write("slow", () => begun.resolve()));
    const { record, pass } = observe({ url, timeout: "1500ms", interval: "1m" });
    await begun.promise;
    await meanwhile();
    pass(1_500);
    expect(await record.afterRequests(1)).toEqual(unexpected("timeout after 1,500ms"));
  });

  it("allows one probe per interval, and none while one is running", async () => {
    const arrivals: (() => void)[] = [];
    let arrival = Promise.withResolvers<void>();
    const url = await httpServer((_, response) => {
      arrivals.push(() => response.end());
      arrival.resolve();
    });
    const { record, pass } = observe({ url, interval: "1s", timeout: "1m" });
    await arrival.promise;
    pass(3_500);
    await meanwhile();
    expect(arrivals).toHaveLength(1);
    arrivals[0]?.();
    await record.afterRequests(1);

    arrival = Promise.withResolvers<void>();
    pass(500);
    await arrival.promise;
    arrivals[1]?.();
    await record.afterRequests(2);
    expect(arrivals).toHaveLength(2);
  });

  it("spreads the first probes, and a hanging one does not delay others", async () => {
    let arrivals = 0;
    const hanging = `http://127.0.0.1:${await rawServer(() => {})}/`;
    const quick = await httpServer((_, response) => {
      arrivals += 1;
      response.end();
    });
    const clock = createVirtualClock();
    const started = clock.now();
    const { context } = createFakeContext(clock);
    const [slow, fast] = [createRecording(() => clock.now()), createRecording(() => clock.now())];
    const target = (url: string, { recorder }: Recording) => watchedBy(http, url, { url }, recorder);
    const source = http.open([target(hanging, slow), target(quick, fast)], context);
    onTestFinished(() => source.stop());
    clock.runUntil(started + 19);
    await meanwhile();
    expect(arrivals).toBe(0);
    clock.runUntil(started + 20);
    expect(await fast.afterRequests(1)).toEqual(passed);
    expect(slow.entries()).toEqual([]);
  });

  it("ends with stop: the connection closes and nothing is recorded", async () => {
    const arrived = Promise.withResolvers<Socket>();
    const port = await rawServer((socket) => socket.once("data", () => arrived.resolve(socket)));
    const { record, source, timers, pass } = observe({ url: `http://127.0.0.1:${port}/` });
    const socket = await arrived.promise;
    const closed = once(socket, "close");
    source.stop();
    await closed;
    pass(60_000);
    expect(record.entries()).toEqual([]);
    expect(timers()).toBe(0);
  });

  it("leaks no timeout or connection if the rest of a response is skipped", async () => {
    const closed = Promise.withResolvers<void>();
    const url = await httpServer((request, response) => {
      request.socket.once("close", closed.resolve);
      response.writeHead(503).write("and so on");
    });
    const { record, timers } = observe({ url });
    expect(await record.afterRequests(1)).toEqual(unexpected("status 503, expected 200-399"));
    await closed.promise;
    // The two remaining timers are the next probe and the retry.
    expect(timers()).toBe(2);
  });
});

it("retries soon after a failure until it is confirmed, then at the usual interval", async () => {
  const clock = createVirtualClock(0);
  const begun: number[] = [];
  const { context } = createFakeContext(clock);
  const options = { url: "http://x/", interval: "5s", failure_threshold: 3 };
  const start = () => {
    begun.push(clock.now());
    return {
      result: Promise.resolve({ ...good, failure: "refused", localProblem: undefined }),
      abort: () => {},
    };
  };
  const { recorder } = createRecording(() => clock.now());
  const source = createHttpSource(start).open([watchedBy(http, "x", options, recorder)], context);
  onTestFinished(() => source.stop());
  for (let at = 0; at <= 12_000; at += 500) {
    clock.runUntil(at);
    // The result of the current probe arrives before time advances.
    await settled();
  }
  expect(begun).toEqual([0, 1_000, 2_000, 5_000, 10_000]);
});

it("fails the check only after three consecutive failed probes, and passes it immediately", async () => {
  let status = 200;
  const url = await httpServer((_, response) => response.writeHead(status).end());
  const { record, pass } = observe({ url, interval: "1s" });
  const statuses = [200, 503, 503, 200, 503, 503, 503, 503, 200];
  const checks: string[] = [];
  for (const [index, next] of statuses.entries()) {
    status = next;
    if (index > 0) pass(1_000);
    const before = record.entries().length;
    await record.afterRequests(index + 1);
    const check = record
      .entries()
      .slice(index === 0 ? 0 : before)
      .find(([call]) => call === "check");
    checks.push(check === undefined ? "-" : check[1] === true ? "pass" : String(check[2]));
  }
  const third = "3 consecutive failed probes: status 503, expected 200-399";
  expect(checks).toEqual(["pass", "-", "-", "pass", "-", "-", third, third.replace("3", "4"), "pass"]);
});

it("reports a problem of this machine, and records no failure of the service", async () => {
  const clock = createVirtualClock();
  const record = createRecording(() => clock.now());
  const { context, problems } = createFakeContext(clock);
  const problemsOfMachine = ["too many open files here", undefined];
  const result = () => Promise.resolve({ ...good, localProblem: problemsOfMachine.shift() });
  const probing = createHttpSource(() => ({ result: result(), abort: () => {} }));
  const watched = watchedBy(probing, "shop", { url: "http://shop.test/" }, record.recorder);
  const source = probing.open([watched], context);
  onTestFinished(() => source.stop());
  clock.runUntil(clock.now());
  await settled();
  expect(problems.get("shop")).toBe("cannot probe: too many open files here");
  expect(record.entries()).toEqual([]);
  clock.runUntil(clock.now() + 5_000);
  expect(await record.afterRequests(1)).toEqual(passed);
  expect(problems.get("shop")).toBeUndefined();
});

it("does nothing on a virtual clock", () => {
  const clock = createVirtualClock();
  const { context, timers } = createFakeContext(clock, { live: false });
  const { recorder } = createRecording(() => clock.now());
  const source = http.open([watchedBy(http, "shop", { url: "http://127.0.0.1:1/" }, recorder)], context);
  expect(timers()).toBe(0);
  source.stop();
});
