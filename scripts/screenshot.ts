/**
 * Runs a program in a terminal and saves a picture of its screen:
 *
 *   node scripts/screenshot.ts --columns 120 --rows 40 --wait READY --keys "f" --wait "fault" --out menu.svg -- COMMAND ARGS
 *
 * `--wait REGEX`, `--keys KEYS` ("j<Enter>") and `--pause MS` can be repeated and run in the given order.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startInTerminal } from "../test/e2e/pty.ts";
import { screenToSvg } from "./screen-to-svg.ts";

const { values, tokens, positionals } = parseArgs({
  allowPositionals: true,
  tokens: true,
  options: {
    columns: { type: "string", default: "120" },
    rows: { type: "string", default: "40" },
    title: { type: "string" },
    timeout: { type: "string", default: "20000" },
    env: { type: "string", multiple: true, default: ["COLORTERM=truecolor"] },
    out: { type: "string" },
    wait: { type: "string", multiple: true },
    keys: { type: "string", multiple: true },
    pause: { type: "string", multiple: true },
  },
});
const [command, ...args] = positionals;
if (command === undefined || values.out === undefined) {
  console.error(
    "usage: screenshot.ts [--columns N] [--rows N] [--wait REGEX] [--keys KEYS] --out FILE -- COMMAND ARGS",
  );
  process.exit(2);
}

const program = startInTerminal({
  command,
  args,
  columns: Number(values.columns),
  rows: Number(values.rows),
  env: Object.fromEntries(values.env.map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
});
try {
  for (const token of tokens) {
    if (token.kind !== "option" || token.value === undefined) continue;
    if (token.name === "wait") await program.waitFor(new RegExp(token.value, "m"), Number(values.timeout));
    if (token.name === "keys") program.press(token.value);
    if (token.name === "pause") await new Promise((resolve) => setTimeout(resolve, Number(token.value)));
  }
  writeFileSync(values.out, screenToSvg(program.terminal, { title: values.title }));
} finally {
  program.kill("SIGTERM");
  await Promise.race([program.exited, new Promise((resolve) => setTimeout(resolve, 2000))]);
  program.kill();
}
process.exit(0);
