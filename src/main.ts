#!/usr/bin/env -S node --max-semi-space-size=2
import { enableCompileCache, flushCompileCache, getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import manifest from "../package.json" with { type: "json" };
import type { CliIo, CliOutput } from "./cli/io.ts";
import type { Cancel } from "./core/clock.ts";
import { createRealClock } from "./core/real-clock.ts";
import type { Host } from "./watch/host.ts";

// The composition root: the only file that touches `process`.

// The compile cache covers only what is imported after this call: everything but this file.
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

/** By then the screen is loaded and its first functions are compiled, ms. */
const KEEP_COMPILED_MS = 5_000;

/** Ends the process once all output is flushed. */
function finish(code: number): void {
  process.exitCode = code;
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}

// A closed pipe (`faultline snapshot | head`) is not an error.
process.stdout.on("error", () => finish(0));
process.stderr.on("error", () => {});

process.on("uncaughtException", (error: Error) => {
  const hint = "run again with FAULTLINE_DEBUG=1 for a stack trace";
  const text = process.env.FAULTLINE_DEBUG === "1" ? error.stack : `${error.message}; ${hint}`;
  // The exit listeners restore the terminal first; anything written before that would be lost.
  process.once("exit", () => process.stderr.write(`faultline: unexpected failure: ${text}\n`));
  process.exit(1);
});

const code = await runCli(process.argv.slice(2), io, {
  version: manifest.version,
  defaultConfigPath: fileURLToPath(new URL("../config/default.yaml", import.meta.url)),
  realClock,
  cacheFolder: getCompileCacheDir(),
  watch: async (options, choices) => {
    // The screen is most of the program, and the other commands do not need it.
    const { watch } = await import("./watch/watch.ts");
    // By default the cache is written only at exit: a closed window or a kill would lose it.
    realClock.after(KEEP_COMPILED_MS, flushCompileCache);
    return watch(options, choices, host, realClock);
  },
});
finish(code);
