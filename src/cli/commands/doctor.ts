import type { Command } from "commander";
import { printable } from "../../core/printable.ts";
import type { CommandDefinition } from "../command.ts";
import type { CommonFlags } from "../config-from-flags.ts";
import type { Finding } from "../doctor/types.ts";

const MARKS = { ok: "ok", warning: "warning", failed: "FAILED" } as const;
const MARK_WIDTH = 8;

/** Checks what Faultline needs around it. Exit code 1 when anything failed; warnings do not count. */
export const doctorCommand: CommandDefinition = (program, { io, deps, exit }) => {
  program
    .command("doctor")
    .description("check config, channels, state directory, clock, terminal and log")
    .option("--json", "as JSON")
    .action(async (options: { readonly json?: true }, command: Command) => {
      const { config } = command.optsWithGlobals<CommonFlags>();
      // Loaded here because no other command needs it.
      const { CHECKS } = await import("../doctor/checks.ts");
      const found: (Finding & { readonly check: string })[] = [];
      for (const { title, run } of CHECKS) {
        const findings = await run({ io, deps, config });
        found.push(...findings.map((finding) => ({ check: title, ...finding })));
      }
      io.stdout.write(options.json ? `${JSON.stringify(found, null, 2)}\n` : text(found));
      if (found.some(({ state }) => state === "failed")) exit(1);
    });
};

function text(found: readonly (Finding & { readonly check: string })[]): string {
  const width = Math.max(...found.map(({ check }) => check.length));
  return found
    .map(({ check, state, text: sentence }) =>
      printable(`${MARKS[state].padEnd(MARK_WIDTH)} ${check.padEnd(width)}  ${sentence}`),
    )
    .join("\n")
    .concat("\n");
}
