#!/usr/bin/env -S node --max-semi-space-size=2
import { fstatSync } from "node:fs";
import { enableCompileCache, flushCompileCache, getCompileCacheDir } from "node:module";
import { userInfo } from "node:os";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import manifest from "../package.json" with { type: "json" };
import type { CliIo } from "./cli/io.ts";
import type { Cancel } from "./core/clock.ts";
import { createRealClock } from "./core/real-clock.ts";
import type { LineOutput } from "./terminal/line-output.ts";
import type { Host } from "./watch/host.ts";

// The composition root: the only file that touches `process`.

// The compile cache covers only what is imported after this call: everything but this file.
enableCompileCache();
const {
  CliError,
  complain,
  failureCodes,
  fileOutput,
  isClosedByReader,
  runCli,
  streamOutput,
  unexpectedFailure,
  unwritable,
} = await import("./cli/index.ts");

const STDOUT = 1;
const STDERR = 2;

/** By then the screen is loaded and its first functions are compiled, ms. */
const KEEP_COMPILED_MS = 5_000;
/** How often the size of the heap is looked at, ms, and what is small, bytes. */
const LOOK_AT_HEAP_MS = 1_000;
const SMALL_HEAP = 64 * 2 ** 20;
/** How long a live run waits for the reader of its last lines, ms. */
const LAST_LINES_MS = 300;

const argv = process.argv.slice(2);
const realClock = createRealClock();
const stdout = outputOf(STDOUT, process.stdout);
const stderr = outputOf(STDERR, process.stderr);
let wasLive = false;
/** Of a live run: whether it may change the mode of its terminal. */
let inForeground = () => true;

function outputOf(fd: number, stream: NodeJS.WriteStream): LineOutput {
  if (isatty(fd)) return streamOutput(stream);
  const { isFIFO, isSocket } = statOf(fd);
  return isFIFO || isSocket ? streamOutput(stream) : fileOutput(fd);
}

function statOf(fd: number): { readonly isFIFO: boolean; readonly isSocket: boolean } {
  try {
    const stat = fstatSync(fd);
    return { isFIFO: stat.isFIFO(), isSocket: stat.isSocket() };
  } catch {
    return { isFIFO: false, isSocket: false };
  }
}

const io: CliIo = {
  stdout,
  stderr,
  env: process.env,
  get cwd() {
    try {
      return process.cwd();
    } catch {
      throw new CliError(["faultline: the current directory was deleted; change to one that exists"]);
    }
  },
};

function on(event: NodeJS.Signals, listener: () => void): Cancel {
  process.on(event, listener);
  return () => process.off(event, listener);
}

function onSignal(listener: () => void): Cancel {
  const cancels = (["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const).map((signal) => on(signal, listener));
  return () => {
    for (const cancel of cancels) cancel();
  };
}

/** The user of this process. A container can run under a number that belongs to no user. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? process.env.LOGNAME;
  }
}

/** What a live run needs beyond a command; its modules are loaded for it alone. */
async function openHost(): Promise<Host> {
  const { foregroundCheck, openTtyDescriptor, pipeReaders, TtyOutput } = await import("./terminal/local.ts");
  inForeground = foregroundCheck(STDOUT);
  // Otherwise Node opens its debugger for this signal, and says so over the screen.
  process.on("SIGUSR1", () => {});
  const openScreen = () => new TtyOutput(process.stdout, realClock, openTtyDescriptor(STDOUT));
  const stopListeners = new Set<() => void>();
  const stopRequested = () => {
    for (const listener of stopListeners) listener();
  };
  return {
    input: process.stdin,
    output: process.stdout,
    userName: userName(),
    cwd: () => process.cwd(),
    env: process.env,
    session: `${process.pid}-${realClock.now()}`,
    lines: isatty(STDOUT) ? streamOutput(openScreen()) : stdout,
    hasReader: pipeReaders(STDOUT),
    openScreen,
    onSignal,
    jobs: {
      onStop(listener) {
        stopListeners.add(listener);
        process.on("SIGTSTP", stopRequested);
        return () => {
          stopListeners.delete(listener);
          if (stopListeners.size === 0) process.off("SIGTSTP", stopRequested);
        };
      },
      onContinue: (listener) => on("SIGCONT", listener),
      stop(group) {
        // Without a listener the signal has its usual effect.
        process.off("SIGTSTP", stopRequested);
        process.kill(group ? 0 : process.pid, "SIGTSTP");
        if (stopListeners.size > 0) process.on("SIGTSTP", stopRequested);
      },
      inForeground,
      // As if the terminal had changed its size: Node then asks for it.
      measure: () => void process.emit("SIGWINCH", "SIGWINCH"),
    },
    atExit,
  };
}

/** The end of the start of a live run, which then lasts for hours. */
function settleDown(): void {
  // By default the cache is written only at exit: a closed window or a kill would lose it.
  flushCompileCache();
  saveMemory();
  realClock.every(LOOK_AT_HEAP_MS, saveMemory);
}

let isSaving = false;

/**
 * V8 lets a heap of 20 MB grow to several times its size before it collects it, and keeps the pages. A heap of
 * hundreds of megabytes would be collected all the time in the mode that prevents this.
 */
function saveMemory(): void {
  const { used_heap_size: used } = getHeapStatistics();
  const shouldSave = used < (isSaving ? 2 : 1) * SMALL_HEAP;
  if (shouldSave !== isSaving)
    setFlagsFromString(shouldSave ? "--memory-saver-mode" : "--no-memory-saver-mode");
  isSaving = shouldSave;
}

function writeTerminal(): ((sequence: string) => void) | undefined {
  const output = isatty(STDOUT) ? stdout : isatty(STDERR) ? stderr : undefined;
  return output && ((sequence) => output.write(sequence));
}

const exitListeners = new Set<() => void>();
process.on("exit", runExitListeners);

function atExit(listener: () => void): Cancel {
  exitListeners.add(listener);
  return () => void exitListeners.delete(listener);
}

function runExitListeners(): void {
  for (const listener of exitListeners) {
    exitListeners.delete(listener);
    listener();
  }
}

/** Ends the process now, restored. */
function exit(code: number): never {
  runExitListeners();
  // Node joins its threads when it exits. One that waits for a hung terminal, disk or name server does not
  // return: replacing the program ends it.
  const isHeldUp = process
    .getActiveResourcesInfo()
    .some((name) => /^(FSReq|GetAddrInfo|GetNameInfo)/.test(name));
  // It also resets the mode of the terminal, for which the kernel stops a process in the background. That
  // mode is the shell's again already.
  if ((isHeldUp || !inForeground()) && process.platform !== "win32") {
    try {
      flushCompileCache();
      process.execve?.("/bin/sh", ["sh", "-c", `exit ${code}`], {});
    } catch {
      // Without a shell there is only the slow way.
    }
  }
  process.exit(code);
}

/** Ends the process when its output was accepted; of a live run, after a moment at the latest. */
async function finish(code: number): Promise<void> {
  const late = new Promise<void>((resolve) => {
    if (wasLive) realClock.after(LAST_LINES_MS, resolve);
  });
  await Promise.race([stdout.flushed(), late]);
  const { failure } = stdout;
  const isLost = failure !== undefined && !isClosedByReader(failure);
  if (isLost) complain(io, [`faultline: ${unwritable(failure)}`]);
  await Promise.race([stderr.flushed(), late]);
  exit(isLost ? failureCodes(argv).failure : code);
}

process.on("uncaughtException", (error: unknown) => {
  // Restores the terminal first; anything written before that would be lost.
  runExitListeners();
  complain(io, [unexpectedFailure(error)]);
  if (process.env.FAULTLINE_DEBUG === "1" && error instanceof Error)
    complain(io, `${error.stack}`.split("\n"));
  exit(failureCodes(argv).failure);
});

const code = await runCli(argv, io, {
  version: manifest.version,
  defaultConfigPath: fileURLToPath(new URL("../config/default.yaml", import.meta.url)),
  realClock,
  terminal: isatty(STDOUT) ? { columns: process.stdout.columns, rows: process.stdout.rows } : undefined,
  writeTerminal: writeTerminal(),
  cacheFolder: getCompileCacheDir(),
  watch: async (options, choices) => {
    wasLive = true;
    // The screen is most of the program, and the other commands do not need it.
    const [{ watch }, host] = await Promise.all([import("./watch/watch.ts"), openHost()]);
    realClock.after(KEEP_COMPILED_MS, settleDown);
    return watch(options, choices, host, realClock);
  },
});
await finish(code);
