import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createRedact } from "../../src/notify/redact.ts";
import { fromEnv, referenceProblem, resolveSecrets } from "../../src/notify/secrets.ts";

describe("a reference", () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-secrets-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return `\${file:${join(folder, name)}}`;
  };
  const resolved = (value: unknown, env: Record<string, string> = {}) => resolveSecrets(value, { env });

  it("is replaced wherever it stands, by a variable or by a file without its last line break", () => {
    const token = file("token", "a$&b\n");
    const value = { url: `https://x/${fromEnv("A")}?b=${token}`, list: [fromEnv("A"), 1, true, null] };
    expect(resolved(value, { A: "1" })).toEqual({
      value: { url: "https://x/1?b=a$&b", list: ["1", 1, true, null] },
      secrets: ["1", "a$&b", "1"],
    });
  });

  it("is not looked for in what it was replaced by", () => {
    expect(resolved(fromEnv("A"), { A: fromEnv("B"), B: "x" }).value).toBe(fromEnv("B"));
  });

  it("says what is missing", () => {
    expect(() => resolved(fromEnv("A"))).toThrow("the environment variable A is not set");
    expect(() => resolved(fromEnv("A"), { A: "" })).toThrow("the environment variable A is empty");
    expect(() => resolved(`\${file:${folder}/none}`)).toThrow("does not exist");
    expect(() => resolved(`\${file:${folder}}`)).toThrow("not a regular file");
    expect(() => resolved(file("empty", "\n"))).toThrow("is empty");
    expect(() => resolved(file("large", "x".repeat(70_000)))).toThrow("too large");
  });

  it.each([
    ["plain", undefined],
    ["$HOME and {x}", undefined],
    [fromEnv("A_1"), undefined],
    ["a ${file:/run/x} b ${file:~/y}", undefined],
    ["${HOME}", "must name the variable as ${env:HOME}"],
    ["${file:token}", 'must have an absolute path in "${file:token}", such as ${file:/run/secrets/token}'],
    ["${file:/}", expect.stringContaining("absolute path")],
    ["${env:1}", expect.stringContaining("write ${env:NAME}")],
    ["${}", expect.stringContaining("write ${env:NAME}")],
    ["${vault:x}", expect.stringContaining("write ${env:NAME}")],
  ])("%j is checked before it is resolved", (text, problem) => {
    expect(referenceProblem(text)).toEqual(problem);
  });
});

describe("redaction", () => {
  const aSecret = fc
    .string({ unit: "binary-ascii", minLength: 8, maxLength: 40 })
    .filter((text) => text.trim().length >= 8 && !/[\r\n]/.test(text));
  const around = fc.string({ maxLength: 50 });

  it("leaves nothing of a secret in any text, in any encoding and case", () => {
    fc.assert(
      fc.property(aSecret, around, around, (secret, before, after) => {
        const redact = createRedact([secret]);
        const bytes = Buffer.from(secret);
        const encodings = [
          secret,
          secret.toUpperCase(),
          secret.toLowerCase(),
          encodeURIComponent(secret),
          JSON.stringify(secret).slice(1, -1),
          bytes.toString("base64"),
          bytes.toString("base64url"),
          Buffer.from(`user:${secret}`).toString("base64"),
          Buffer.from(`\0user\0${secret}`).toString("base64"),
        ];
        for (const each of encodings) {
          expect(redact(`${before} ${each} ${after}`)).not.toContain(each);
        }
      }),
    );
  });

  it("hides the beginning of a secret where a text was cut", () => {
    fc.assert(
      fc.property(aSecret, fc.nat(), (secret, at) => {
        const begun = secret.slice(0, 5 + (at % (secret.length - 5)));
        expect(createRedact([secret])(`said: ${begun}`)).not.toContain(begun);
      }),
    );
  });

  it("leaves other texts as they are", () => {
    const redact = createRedact(["hunter2-hunter2"]);
    fc.assert(
      fc.property(fc.lorem(), (text) => {
        expect(redact(text)).toBe(text);
      }),
    );
    expect(createRedact([])("anything")).toBe("anything");
  });

  it("knows the parts of a URL that are secret by themselves", () => {
    const redact = createRedact([
      "https://bot:p4ssw0rd%21@hooks.example/services/T024BE7LD/xXPgT4bdFcNs?v=abcdefghi",
    ]);
    const echoed =
      "POST /services/T024BE7LD/xXPgT4bdFcNs?v=abcdefghi as p4ssw0rd! or p4ssw0rd%21: xxpgt4bdfcns";
    for (const part of ["T024BE7LD", "xXPgT4bdFcNs", "xxpgt4bdfcns", "abcdefghi", "p4ssw0rd"]) {
      expect(redact(echoed)).not.toContain(part);
    }
  });
});
