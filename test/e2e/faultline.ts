import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type RunningProgram, type StartOptions, startInTerminal } from "./pty.ts";

export const ROOT = new URL("../..", import.meta.url).pathname;
export const PROGRAM = `${ROOT}dist/faultline.js`;

const programs: RunningProgram[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const program of programs.splice(0)) program.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The built program in a pseudo-terminal; it is ended after the test. */
export function startFaultline(
  args: readonly string[] = [],
  options: Omit<StartOptions, "command" | "args"> = {},
): RunningProgram {
  const program = startInTerminal({
    command: process.execPath,
    args: [PROGRAM, ...args],
    cwd: ROOT,
    ...options,
  });
  programs.push(program);
  return program;
}

/** A temporary file, deleted after the test. */
export function writeConfig(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  folders.push(folder);
  const path = join(folder, "fleet.yaml");
  writeFileSync(path, text);
  return path;
}

/** The default fleet with a short window, so that recovery is fast. */
export const QUICK = `
tick: 200ms
window: 3s
services:
  - { name: api-gateway, base_latency: 20ms, rate: 40, error_rate: 0, calls: [{ service: payment-service, timeout: 2s, retries: 0 }] }
  - { name: payment-service, base_latency: 50ms, rate: 10, error_rate: 0 }
`;
