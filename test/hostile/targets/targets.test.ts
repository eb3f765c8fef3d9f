import { createServer, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRealClock } from "../../../src/core/real-clock.ts";
import { httpOptions } from "../../../src/sources/http/options.ts";
import { type ProbeResult, startProbe } from "../../../src/sources/http/probe.ts";
import { httpServer } from "../../sources/http-servers.ts";
import { cases, report } from "../scale.ts";
import { STEPS } from "./generator.ts";
import { KINDS } from "./kinds.ts";
import { perform, type Step } from "./steps.ts";

const clock = createRealClock();
/** Of a probe that may succeed, also on a busy machine, and of one that cannot. */
const TIMEOUT_MS = { passes: 5_000, either: 300, fails: 150 } as const;

/** A server that does these steps with each connection, once the request has arrived. */
async function hostile(steps: readonly Step[]) {
  const open = new Set<Socket>();
  const over = new AbortController();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    socket.once("data", () => void perform(socket, steps, over.signal));
    // Node reports the end of the other side only while somebody reads.
    socket.on("end", () => socket.destroy());
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    /** Waits until the other side has closed every connection: for ever, if it leaves one open. */
    async close() {
      over.abort();
      for (const socket of open) {
        socket.resume();
        await new Promise<void>((resolve) =>
          open.has(socket) ? socket.once("close", () => resolve()) : resolve(),
        );
      }
      server.close();
    },
  };
}

/** Probes once; afterwards no connection of the probe is left. */
async function probe(steps: readonly Step[], written: Record<string, unknown> = {}): Promise<ProbeResult> {
  const server = await hostile(steps);
  const options = httpOptions().parse({
    url: server.url,
    timeout: TIMEOUT_MS.fails,
    follow_redirects: true,
    ...written,
  });
  const result = await startProbe(options, clock).result;
  await server.close();
  return result;
}

/** A reason is one short line that a terminal can show. */
function expectPlain({ failure, localProblem }: ProbeResult): void {
  expect(localProblem).toBeUndefined();
  if (failure === undefined) return;
  expect(failure).toMatch(/^\P{C}{1,200}$/u);
}

describe("a probe of a server that", () => {
  it.each(Object.entries(KINDS))("%s ends with a plain result", async (_, [expected, ...steps]) => {
    const result = await probe(steps, { timeout: TIMEOUT_MS[expected] });
    expectPlain(result);
    if (expected !== "either") expect(result.failure === undefined).toBe(expected === "passes");
  });

  it("never finishes its TLS handshake ends with its timeout", async () => {
    const server = await hostile([{ do: "wait", ms: 60_000 }]);
    const url = server.url.replace("http:", "https:");
    const result = await startProbe(httpOptions().parse({ url, timeout: TIMEOUT_MS.fails }), clock).result;
    expect(result.failure).toBe(`timeout after ${TIMEOUT_MS.fails}ms`);
    await server.close();
  });

  it("sends anything at all ends with a plain result, and leaves no connection", async () => {
    const rounds = cases(8, 400);
    const eight = fc.array(fc.tuple(STEPS, fc.constantFrom({}, { expected_body: "hello" })), {
      minLength: 8,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(eight, async (targets) => {
        const results = targets.map(([steps, options]) => probe(steps, { timeout: 150, ...options }));
        for (const result of await Promise.all(results)) expectPlain(result);
      }),
      { numRuns: rounds },
    );
    report("hostile HTTP responses, generated", 8 * rounds, 0);
  }, 1_800_000);
});

describe("eight hostile targets at once", () => {
  const FLOODS = Object.entries(KINDS).filter(([, steps]) =>
    steps.some((step) => typeof step === "object" && step.do === "flood"),
  );

  it("make no probe of another target fail, and hold no memory", async () => {
    const good = await httpServer((_, response) => response.end("ok"));
    const rounds = cases(1, 10);
    const before = process.memoryUsage().rss;
    let probes = 0;
    let slowest = 0;
    for (let round = 0; round < rounds; round++) {
      for (let first = 0; first < FLOODS.length; first += 8) {
        const running = FLOODS.slice(first, first + 8).map(([, [, ...steps]]) => probe(steps));
        let isOver = false;
        const hostileOnes = Promise.all(running).finally(() => {
          isOver = true;
        });
        while (!isOver) {
          const { failure, latencyMs } = await startProbe(httpOptions().parse({ url: good }), clock).result;
          expect(failure).toBeUndefined();
          slowest = Math.max(slowest, latencyMs);
          probes += 1;
        }
        for (const result of await hostileOnes) expectPlain(result);
      }
    }
    expect(probes).toBeGreaterThan(0);
    // Servers and clients share this process, so this is an upper bound.
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
    report(`probes beside hostile ones, slowest ${Math.round(slowest)} ms`, probes, 0);
  }, 1_800_000);
});
