/**
 * Draws docs/screen.svg from a real run of the built program: a healthy fleet, then a fault and its effects.
 */
import { writeFileSync } from "node:fs";
import { startInTerminal } from "../test/e2e/pty.ts";
import { screenToSvg } from "./screen-to-svg.ts";

const root = new URL("..", import.meta.url).pathname;
const program = startInTerminal({
  command: process.execPath,
  args: ["dist/faultline.js"],
  cwd: root,
  columns: 120,
  rows: 36,
  env: { COLORTERM: "truecolor" },
});
// A run begins with the minute that was simulated before its start.
await program.waitFor(/tick 1[3-9]\d /, 60_000);
program.press("jjfl");
await program.waitFor(/api-gateway +✖ CRITICAL/, 20_000);
// Wait until the footer shows keys again and the chart has data.
await program.waitFor(/ends in +0:4\d/, 30_000);
writeFileSync(`${root}docs/screen.svg`, screenToSvg(program.terminal, { title: "faultline" }));
program.press("q");
await program.exited;
