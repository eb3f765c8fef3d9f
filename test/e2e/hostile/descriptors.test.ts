import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { cases, report } from "../../hostile/scale.ts";
import { PROGRAM, ROOT } from "../faultline.ts";

const REDIRECTS = Array.from({ length: 8 }, (_, bits) =>
  ["0<&-", "1>&-", "2>&-"].filter((_, fd) => (bits & (1 << fd)) !== 0).join(" "),
);
/** Command lines and their exit codes. 124: still running after two seconds, as it should. */
const COMMANDS = [
  ["snapshot --ticks 3", 0],
  ["status", 0],
  ["check config/default.yaml", 0],
  ["describe http", 0],
  ["--help", 0],
  ["snapshot --zebra", 2],
  ["status --zebra", 3],
  ["watch", 0],
] as const;

const all = COMMANDS.flatMap(([command, code]) =>
  REDIRECTS.map((redirects) => ({ command, code, redirects })),
);
const step = Math.ceil(all.length / cases(6, all.length));
const tried = all.filter((_, nth) => nth % step === 0);
let lost = 0;
afterAll(() => report("closed descriptors 0, 1, 2 x commands", tried.length, lost));

describe("closed descriptors", () => {
  it.each(tried)("$command $redirects exits with $code", ({ command, code, redirects }) => {
    lost += 1;
    // `watch` runs until it is asked to end.
    const limit = command === "watch" ? "timeout --preserve-status -s TERM 2" : "";
    const { status, stderr } = spawnSync(
      "bash",
      ["-c", `${limit} ${process.execPath} ${PROGRAM} ${command} ${redirects}`],
      {
        cwd: ROOT,
        encoding: "utf8",
        timeout: 20_000,
      },
    );
    expect(status).toBe(code);
    expect(stderr).not.toMatch(/^\s+at |Error/m);
    lost -= 1;
  });
});
