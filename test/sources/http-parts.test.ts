import { describe, expect, it } from "vitest";
import { localProblem, plainError } from "../../src/net/errors.ts";
import { httpOptions } from "../../src/sources/http/options.ts";
import { redirected } from "../../src/sources/http/redirect.ts";

const failed = (code: string, message = "it went wrong") => Object.assign(new Error(message), { code });

describe("error codes", () => {
  it.each([
    ["ECONNREFUSED", "connection refused"],
    ["ENOTFOUND", "DNS name not found"],
    ["EAI_AGAIN", "DNS lookup failed"],
    ["CERT_HAS_EXPIRED", "TLS certificate expired"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "TLS certificate is self-signed"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "TLS certificate is from an unknown authority"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "TLS certificate is for another name"],
    ["ERR_SSL_SOME_NEW_ALERT", "TLS handshake failed"],
    ["HPE_INVALID_CONSTANT", "not an HTTP response"],
    ["HPE_HEADER_OVERFLOW", "response headers too large"],
    ["ENEW", "it went wrong (ENEW)"],
  ])("%s", (code, words) => {
    expect(plainError(failed(code))).toBe(words);
  });

  it("distinguishes the cases that Node reports as ECONNRESET", () => {
    expect(plainError(failed("ECONNRESET", "read ECONNRESET"))).toBe("connection reset");
    expect(plainError(failed("ECONNRESET", "socket hang up"))).toBe("connection closed without a response");
  });

  it("distinguishes the cases that OpenSSL reports as EPROTO", () => {
    expect(plainError(failed("EPROTO", "tlsv1 alert protocol version"))).toBe("no common TLS version");
    expect(plainError(failed("EPROTO", "bad record mac"))).toBe("TLS handshake failed");
  });

  it("counts as a failure of the service if one of its addresses was reachable", () => {
    const unreachable = failed("ENETUNREACH");
    const both = new AggregateError([unreachable, failed("ECONNREFUSED")]);
    expect(plainError(both)).toBe("connection refused");
    expect(localProblem(both)).toBeUndefined();
    expect(localProblem(new AggregateError([unreachable]))).toBe(
      "the network is unreachable from this machine",
    );
  });

  it("are shown as one printable line of limited length", () => {
    expect(plainError(new Error("a\r\n\u001b[31mb"))).toBe("a [31mb");
    expect(plainError(new Error("x".repeat(500)))).toHaveLength(200);
  });

  it("of this machine are not failures of the service", () => {
    expect(localProblem(failed("EMFILE"))).toBe("too many open files on this machine");
    expect(localProblem(failed("ECONNREFUSED"))).toBeUndefined();
    expect(localProblem(undefined)).toBeUndefined();
  });
});

describe("redirects", () => {
  const request = {
    url: new URL("https://shop.test/a"),
    method: "POST",
    headers: { authorization: "secret", cookie: "secret", "content-type": "text/plain", "x-team": "t" },
    body: "order",
  };

  it.each([
    [301, "POST", "GET"],
    [302, "POST", "GET"],
    [302, "PUT", "PUT"],
    [303, "PUT", "GET"],
    [303, "HEAD", "HEAD"],
    [307, "POST", "POST"],
    [308, "POST", "POST"],
  ])("%s turns %s into %s", (status, method, expected) => {
    const next = redirected({ ...request, method }, status, "/b");
    expect(next?.method).toBe(expected);
    expect(next?.body).toBe(expected === "GET" ? undefined : "order");
    expect(next?.headers).toHaveProperty("authorization");
    expect("content-type" in (next?.headers ?? {})).toBe(expected !== "GET");
  });

  it("send no credentials to another origin", () => {
    const next = redirected(request, 307, "https://elsewhere.test/b");
    expect(next?.headers).toEqual({ "content-type": "text/plain", "x-team": "t" });
  });

  it("require a redirect status and an address", () => {
    expect(redirected(request, 304, "/b")).toBeUndefined();
    expect(redirected(request, 302, undefined)).toBeUndefined();
    expect(() => redirected(request, 302, "file:///etc/passwd")).toThrow(/not an http or https URL/);
  });
});

describe("options", () => {
  const url = "http://localhost:8080/health";
  const problem = (options: Record<string, unknown>) =>
    httpOptions()
      .safeParse({ url, ...options })
      .error?.issues.map(({ message }) => message);

  it("have defaults", () => {
    expect(httpOptions().parse({ url })).toEqual({
      url,
      method: "GET",
      headers: {},
      expected_status: "200-399",
      timeout: 2_000,
      interval: 5_000,
      retry_interval: 1_000,
      failure_threshold: 3,
      follow_redirects: false,
    });
  });

  it.each([
    [{ url: "localhost:8080" }, /^must be an http or https URL/],
    [{ url: "ftp://x/" }, /^must be an http or https URL/],
    [{ url: 8080 }, /^must be an http or https URL/],
    [{ expected_status: "2xy" }, /^must be a status such as/],
    [{ expected_status: "399-200" }, /^must be a status such as/],
    [{ expected_status: 99 }, /^must be a status such as/],
    [{ expected_status: 600 }, /^must be a status such as/],
    [{ expected_status: [] }, /^must be a status such as/],
    [{ headers: { "bad name": "x" } }, /^contains a name or a value/],
    [{ headers: { name: "a\r\nb: c" } }, /^contains a name or a value/],
    [{ timeout: 0 }, /^must be a duration of at least 1ms/],
    [{ interval: "99ms" }, /^must be a duration of at least 100ms/],
    [{ failure_threshold: 0 }, /^must be a whole number/],
    [{ retries: 3 }, /retries/],
  ])("refuse %o", (options, message) => {
    expect(problem(options)).toEqual([expect.stringMatching(message)]);
  });

  it.each([[204], ["2xx"], ["200-204"], [[200, "3xx"]]])("take the status %o", (expected) => {
    expect(problem({ expected_status: expected })).toBeUndefined();
  });
});
