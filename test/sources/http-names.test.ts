import type { LookupAddress } from "node:dns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createNameLookup } from "../../src/net/lookup.ts";
import { candidates, knownHere, parseHosts, parseSearchList } from "../../src/net/names.ts";
import { httpOptions } from "../../src/sources/http/options.ts";
import { startProbe } from "../../src/sources/http/probe.ts";
import { nameServer } from "./name-server.ts";

/** The addresses of a name, or the code of the error. */
function addressesOf(name: string, servers: readonly string[], signal = new AbortController().signal) {
  const names = createNameLookup(signal, servers);
  const answer = new Promise<string | string[]>((resolve) => {
    names.lookup(name, { all: true }, (error, found) =>
      resolve(error?.code ?? (found as LookupAddress[]).map(({ address }) => address)),
    );
  });
  return { names, answer };
}

/** What the process is waiting for, by kind. */
const waitingFor = (kind: string) => process.getActiveResourcesInfo().filter((each) => each === kind).length;

describe("names", () => {
  it("of the hosts file are found there, whatever their case, with all their addresses", () => {
    const hosts = parseHosts(
      "10.0.0.1 shop Shop.test # the shop\r\n::5 shop\n# 10.0.0.2 old\nnonsense here\n",
    );
    expect(knownHere("SHOP", hosts)).toEqual(["10.0.0.1", "::5"]);
    expect(knownHere("shop.test.", hosts)).toEqual(["10.0.0.1"]);
    for (const name of ["old", "here", "the", "#"]) expect(knownHere(name, hosts)).toBeUndefined();
  });

  it("of this machine need no name server", async () => {
    const { servers, asked } = await nameServer(undefined);
    for (const name of ["localhost", "app.localhost", "localhost."]) {
      expect(await addressesOf(name, servers).answer).toContain("127.0.0.1");
    }
    expect(asked).toEqual([]);
  });

  it("are completed as resolv.conf says", () => {
    const list = parseSearchList(
      "nameserver 1.2.3.4\ndomain old\nsearch a.test b.test.\noptions rotate ndots:2\n",
    );
    expect(list).toEqual({ domains: ["a.test", "b.test"], ndots: 2 });
    expect(candidates("shop.x", list)).toEqual(["shop.x.a.test", "shop.x.b.test", "shop.x"]);
    expect(candidates("shop.x.y", list)).toEqual(["shop.x.y", "shop.x.y.a.test", "shop.x.y.b.test"]);
    expect(candidates("shop.", list)).toEqual(["shop"]);
  });

  it("never fail to be read, whatever the files contain", () => {
    fc.assert(
      fc.property(fc.string(), fc.domain(), (text, name) => {
        expect(candidates(name, parseSearchList(text))).toContain(name);
        expect(parseHosts(text)).toBeInstanceOf(Map);
      }),
    );
  });
});

describe("a name server", () => {
  it("is asked for other names", async () => {
    const { servers } = await nameServer({ "shop.test": "127.0.0.7" });
    expect(await addressesOf("shop.test", servers).answer).toEqual(["127.0.0.7"]);
  });

  it("that never answers occupies no thread, and is not waited for after the end of the probe", async () => {
    const { servers, firstQuestion } = await nameServer(undefined);
    const clock = createVirtualClock();
    const options = httpOptions().parse({ url: "http://shop.test/", timeout: "2s" });
    const probe = startProbe(options, clock, servers);
    await firstQuestion;
    // A lookup by getaddrinfo, which cannot be cancelled.
    expect(waitingFor("GetAddrInfoReqWrap")).toBe(0);
    clock.runUntil(clock.now() + 2_000);
    expect(await probe.result).toMatchObject({
      responded: false,
      failure: "timeout after 2s, no answer from the name server",
    });
    expect(waitingFor("QueryReqWrap")).toBe(0);
    expect(waitingFor("GetAddrInfoReqWrap")).toBe(0);
  });

  it("that does not answer is not waited for after the stop", async () => {
    const { servers, firstQuestion } = await nameServer(undefined);
    const controller = new AbortController();
    const { names, answer } = addressesOf("shop.test", servers, controller.signal);
    await firstQuestion;
    expect(names.isWaiting()).toBe(true);
    controller.abort();
    expect(await answer).toBe("EAI_AGAIN");
    expect(waitingFor("QueryReqWrap")).toBe(0);
  });
});
