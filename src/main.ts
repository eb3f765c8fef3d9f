#!/usr/bin/env node
import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import manifest from "../package.json" with { type: "json" };
import type { CliIo, CliOutput } from "./cli/io.ts";
import type { Cancel } from "./core/clock.ts";
import { createRealClock } from "./core/real-clock.ts";
import type { Host } from "./watch/host.ts";

// The composition root: the only file that touches `process`.

// Only what is imported after this is kept compiled from one start to the next: all but this file.
enableCompileCache();
const { runCli } = await import("./cli/run.ts");

function on(event: NodeJS.Signals | "exit", listener: () => void): Cancel {
  process.on(event, listener);
  return () => process.off(event, listener);
}

function onSignal(listener: () => void): Cancel {
  const cancels = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => on(signal, listener));
  return () => {
    for (const cancel of cancels) cancel();
  };
}

function output(stream: NodeJS.WriteStream): CliOutput {
  return { write: (text) => stream.write(text) };
}

const io: CliIo = {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  cwd: process.cwd(),
};

const host: Host = {
  input: process.stdin,
  output: process.stdout,
  env: process.env,
  complain: (text) => process.stderr.write(`${text}\n`),
  onSignal,
  onContinue: (listener) => on("SIGCONT", listener),
  atExit: (listener) => on("exit", listener),
};

const realClock = createRealClock();

/** By then everything the screen needs is loaded and its first functions are compiled, ms. */
const KEEP_COMPILED_MS = 5_000;

/** Ends the program once everything that was written has left it. */
function finish(code: number): void {
  process.exitCode = code;
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}

// A reader that has left (`faultline snapshot | head`) is no failure of ours.
process.stdout.on("error", () => finish(0));
process.stderr.on("error", () => {});

process.on("uncaughtException", (error: Error) => {
  const hint = "run it again with FAULTLINE_DEBUG=1 to see where";
  const told = process.env.FAULTLINE_DEBUG === "1" ? error.stack : `${error.message}; ${hint}`;
  // The exit listeners put the terminal right first; only then is there a place to say anything.
  process.once("exit", () => process.stderr.write(`faultline: unexpected failure: ${told}\n`));
  process.exit(1);
});

const code = await runCli(process.argv.slice(2), io, {
  version: manifest.version,
  defaultConfigPath: fileURLToPath(new URL("../config/default.yaml", import.meta.url)),
  realClock,
  watch: async (options, choices) => {
    // The screen is most of the program; the other commands do without it.
    const { watch } = await import("./watch/watch.ts");
    // Otherwise written at the end only, and a closed window or a kill would leave nothing for the next start.
    realClock.after(KEEP_COMPILED_MS, flushCompileCache);
    return watch(options, choices, host, realClock);
  },
});
finish(code);
