import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Finding } from "../../../src/cli/doctor/types.ts";
import { createRealClock } from "../../../src/core/real-clock.ts";
import { faultline } from "../fake.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "faultline-doctor-"));
  folders.push(made);
  return made;
}

async function doctor(env: Record<string, string>, ...argv: string[]) {
  // The clock check waits for a real while.
  const environment = { env, realClock: createRealClock() };
  const { stdout, exitCode } = await faultline(["doctor", "--json", ...argv], environment);
  const found: (Finding & { check: string })[] = JSON.parse(stdout);
  return { exitCode, of: (check: string) => found.filter((each) => each.check === check) };
}

describe("doctor", () => {
  it("fails nothing on a sane machine, and says where the state is", async () => {
    const state = folder();
    const { exitCode, of } = await doctor({ XDG_STATE_HOME: state });
    expect(exitCode).toBe(0);
    expect(of("config")[0]).toMatchObject({ state: "ok" });
    expect(of("state directory")[0]).toMatchObject({ state: "ok", text: expect.stringContaining(state) });
  });

  it("reports every error of a config, and a missing state directory, with exit code 1", async () => {
    const file = join(folder(), "faultline.yaml");
    writeFileSync(file, "services:\n  - name: 7\n    color: red\n");
    const { exitCode, of } = await doctor({}, "--config", file);
    expect(exitCode).toBe(1);
    expect(of("config").length).toBeGreaterThan(1);
    for (const { state, text } of of("config"))
      expect([state, text]).toEqual(["failed", expect.stringMatching(/:\d+:\d+: /)]);
    expect(of("state directory")[0]?.text).toMatch(/XDG_STATE_HOME/);
  });

  it("says what is in the way of the state directory", async () => {
    const state = folder();
    writeFileSync(join(state, "faultline"), "");
    const { exitCode, of } = await doctor({ XDG_STATE_HOME: state });
    expect(exitCode).toBe(1);
    expect(of("state directory")).toEqual([
      {
        check: "state directory",
        state: "failed",
        text: expect.stringMatching(/faultline is a file where .* move it/),
      },
    ]);
  });

  it("fails what the channels lack on this machine, and shows no secret", async () => {
    const file = join(folder(), "faultline.yaml");
    const channels = [
      'notify:\n  channels:\n    - { name: ops, kind: slack, url: "${env:SLACK_URL}" }',
      "    - { name: out, kind: file, path: /nowhere/at/all/out.jsonl }",
    ];
    writeFileSync(file, ["services: [{ name: host, source: host }]", ...channels, ""].join("\n"));
    const state = folder();
    const found = async (env: Record<string, string>) => {
      const { exitCode, of } = await doctor({ XDG_STATE_HOME: state, ...env }, "--config", file);
      return { exitCode, found: of("channels").map(({ state: mark, text }) => `${mark} ${text}`) };
    };
    const folderProblem = expect.stringMatching(
      /^failed .*faultline\.yaml:5:\d+: .*its folder does not exist$/,
    );
    const missing = expect.stringMatching(/^failed .*faultline\.yaml:4:\d+: .*SLACK_URL is not set/);
    expect(await found({})).toEqual({ exitCode: 1, found: [missing, folderProblem] });
    const wrong = await found({ SLACK_URL: "no-url-but-hunter2" });
    expect(wrong.found).toEqual([expect.stringMatching(/^failed .*:4:\d+: .*url/), folderProblem]);
    expect(JSON.stringify(wrong)).not.toContain("hunter2");
    writeFileSync(file, ["services: [{ name: host, source: host }]", channels[0], ""].join("\n"));
    expect(await found({ SLACK_URL: "https://hooks.example/hunter2" })).toEqual({
      exitCode: 0,
      found: [expect.stringMatching(/^ok 1 has what it needs/)],
    });
  });

  it("finds a breaker whose figure and log differ", async () => {
    const state = folder();
    mkdirSync(join(state, "faultline"));
    const record = (event: string, fields: object) =>
      JSON.stringify({ timestamp: "t", level: "info", component: "notify", session: "1", event, ...fields });
    const lines = (counted: number) => [
      record("start", {}),
      record("circuit_state_change", { channel: "ops", state: "open" }),
      record("channel_figures", { channel: "ops", breaker_opened: counted }),
    ];
    const findings = async (nth: number, counted: number) => {
      writeFileSync(join(state, "faultline", `faultline.${nth}.log`), lines(counted).join("\n"));
      return (await doctor({ XDG_STATE_HOME: state })).of("log").map((each) => each.state);
    };
    expect(await findings(9, 1)).toEqual(["ok", "ok"]);
    // The newest file counts, and ten is newer than nine.
    expect(await findings(10, 2)).toEqual(["ok", "failed"]);
  });
});
