import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultline as fromSource } from "../cli/fake.ts";
import { PROGRAM, ROOT, writeConfig } from "./faultline.ts";

const built = (...args: string[]) =>
  execFileSync(process.execPath, [PROGRAM, "snapshot", "--ticks", "40", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });

describe("the configs that ship with the program, parsed by the build", () => {
  it.each(["config/default.yaml", "config/walkthrough.yaml"])(
    "%s is the same from the build and from the file",
    async (name) => {
      const { stdout } = await fromSource(["snapshot", "--ticks", "40", "--config", `${ROOT}${name}`]);
      expect(built("--config", name)).toBe(stdout);
    },
  );

  it("are read from the file if they were changed", () => {
    const text = readFileSync(`${ROOT}config/default.yaml`, "utf8");
    const changed = writeConfig(text.replaceAll("payment-service", "till"));
    expect(built("--config", changed)).toContain('"till"');
    expect(built("--config", writeConfig(text))).toBe(built());
  });
});
