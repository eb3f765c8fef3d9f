import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { startFaultline, writeConfig } from "./faultline.ts";

describe("a real HTTP service", () => {
  it("turns down when it fails, and healthy again when it recovers", async () => {
    let isFailing = false;
    const server = createServer((_request, response) => {
      response.writeHead(isFailing ? 503 : 200).end("ok");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const config = `
tick: 100ms
services:
  - { name: shop, source: http, url: "http://127.0.0.1:${port}/", interval: 150ms, expected_body: ok, window: 4s }
  - { name: nowhere, source: http, url: "http://127.0.0.1:1/", interval: 150ms, window: 4s }
  - { name: here, source: host }
  - { name: pretend, base_latency: 5ms }
`;
    const program = startFaultline(["--config", writeConfig(config)]);
    await program.waitFor(/shop +● HEALTHY/);
    await program.waitFor(/nowhere +■ DOWN/);
    await program.waitFor(/here +● HEALTHY/);
    isFailing = true;
    await program.waitFor(/shop +■ DOWN/);
    program.press("/shop<Enter><Enter>");
    await program.waitFor(/status 503, expected/);
    isFailing = false;
    program.press("<Esc>");
    await program.waitFor(/shop +● HEALTHY/);
    program.press("f");
    await program.waitFor(/shop cannot be broken/);
    program.press("q");
    expect((await program.exited).code).toBe(0);
    server.close();
  });
});
