import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BodySearch } from "../../src/sources/http/body-search.ts";
import { ProbeBudget } from "../../src/sources/http/budget.ts";
import { httpServer, rawServer } from "./http-servers.ts";
import { passed, probed, unanswered, unexpected } from "./probe-url.ts";

describe("the search in a body", () => {
  it("finds what a search in the whole text finds, whatever the parts are", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "ä"), maxLength: 30 });
    const wanted = fc.string({ unit: fc.constantFrom("a", "b", "ä"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(letters, wanted, fc.array(fc.nat(40), { maxLength: 8 }), (text, part, cuts) => {
        const bytes = Buffer.from(text);
        const search = new BodySearch(part);
        const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
        for (const [index, end] of ends.entries()) search.add(bytes.subarray(ends[index - 1] ?? 0, end));
        expect(search.found).toBe(text.includes(part));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the budget of a probe", () => {
  it("is used up by the sum of all its exchanges", () => {
    const budget = new ProbeBudget();
    for (let exchange = 0; exchange < 16; exchange++) expect(budget.body(65_536)).toBe(true);
    expect(budget.excess).toBeUndefined();
    expect(budget.body(1)).toBe(false);
    expect(budget.excess?.message).toBe("response over 1 MiB");
    // The first reason stays.
    expect(budget.read(10_000_000)).toBe(false);
    expect(budget.excess?.message).toBe("response over 1 MiB");
  });

  it("allows lines of text as separate chunks", async () => {
    const line = `${"x".repeat(40)}\n`;
    const url = await httpServer((_, response) => {
      for (let nth = 0; nth < 10_000; nth++) response.write(line);
      response.end("done");
    });
    expect(await probed({ url, expected_body: "x\ndone" })).toEqual(passed);
  });

  /** A server that writes a head, then the same text again and again until the connection is gone. */
  async function endless(head: string, text: string): Promise<string> {
    const many = text.repeat(Math.ceil(20_000 / text.length));
    const port = await rawServer((socket) => {
      const go = () => {
        while (!socket.destroyed && socket.write(many));
      };
      socket.once("data", () => {
        socket.write(head);
        socket.on("drain", go);
        go();
      });
    });
    return `http://127.0.0.1:${port}/`;
  }

  const OK = "HTTP/1.1 200 OK\r\n";
  const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

  it.each([
    ["one-byte chunks", CHUNKED, "1\r\nx\r\n", unexpected("response in too many small chunks")],
    ["an endless body", `${OK}\r\n`, "x", unexpected("response over 1 MiB")],
    ["framing", CHUNKED, `80;${"e".repeat(200)}\r\n${"x".repeat(128)}\r\n`, "framing"],
    ["interim responses", "", "HTTP/1.1 102 Processing\r\n\r\n", "interim"],
    ["early hints", "", `HTTP/1.1 103 Early Hints\r\nLink: ${"x".repeat(9_000)}\r\n\r\n`, "interim"],
    ["continue", "", "HTTP/1.1 100 Continue\r\n\r\n", "interim"],
    ["headers", OK, "X-More: and more\r\n", unanswered("response headers too large")],
  ])("ends a flood of %s", async (_, head, text, expected) => {
    const entries = await probed({ url: await endless(head, text) });
    if (expected === "framing")
      expect(entries).toEqual(unexpected("response over 1.25 MiB with its framing"));
    else if (expected === "interim") {
      expect(entries).toEqual(unanswered("more than 16 interim responses (1xx)"));
    } else expect(entries).toEqual(expected);
  });

  it("ends a body in tiny packets", async () => {
    const port = await rawServer((socket) => {
      socket.setNoDelay(true);
      const next = () => {
        if (!socket.destroyed) socket.write("x", () => setImmediate(next));
      };
      socket.once("data", () => socket.write(`${OK}\r\n`, next));
    });
    const [request] = await probed({ url: `http://127.0.0.1:${port}/` });
    expect(request?.[2]).toMatch(/^response in too many small (packets|chunks)$/);
  });
});
