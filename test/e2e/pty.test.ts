import { afterEach, describe, expect, it } from "vitest";
import { keyBytes, type RunningProgram, startInTerminal } from "./pty.ts";

const running: RunningProgram[] = [];

function sh(script: string, size: { columns?: number; rows?: number } = {}): RunningProgram {
  const program = startInTerminal({ command: "sh", args: ["-c", script], columns: 40, rows: 6, ...size });
  running.push(program);
  return program;
}

afterEach(async () => {
  for (const program of running.splice(0)) {
    program.kill();
    await program.exited;
  }
});

describe("a program in a pseudo-terminal", () => {
  it("reports its screen and its exit", async () => {
    const program = sh("printf 'one\\n\\033[3;5Htwo'; exit 3");
    expect(await program.exited).toEqual({ code: 3, signal: 0 });
    expect(program.screen()).toEqual(["one", "", "    two", "", "", ""]);
    expect(program.bytes()).toBe("one\r\n\x1b[3;5Htwo".length);
  });

  it("receives keys, and waits for the response without sleeping", async () => {
    const program = sh("stty raw -echo; printf ready; dd bs=1 count=4 2>/dev/null | od -An -c; printf done");
    await program.waitFor(/ready/);
    program.press("j<Up>");
    await program.waitFor(/j\s+033\s+\[\s+A.*done/s);
  });

  it("reports the modes of the terminal", async () => {
    const program = sh(
      "printf '\\033[?1049h\\033[?25l\\033[?2004h\\033[?7lin'; read x; printf '\\033[?7h\\033[?2004l\\033[?25h\\033[?1049lout'",
    );
    const before = program.modes();
    await program.waitFor(/in/);
    expect(program.modes()).toEqual({
      alternateScreen: true,
      cursorVisible: false,
      bracketedPaste: true,
      autowrap: false,
    });
    program.press("<Enter>");
    await program.exited;
    expect(program.text()).toMatch(/out/);
    expect(program.modes()).toEqual(before);
  });

  it("forwards a resize", async () => {
    const program = sh("trap 'stty size; exit 0' WINCH; stty size; while :; do read x; done");
    await program.waitFor(/^6 40$/m);
    program.resize(50, 8);
    await program.waitFor(/^8 50$/m);
    await program.exited;
  });

  it("answers terminal queries", async () => {
    const program = sh("stty raw -echo; printf 'at\\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c");
    await program.waitFor(/033\s+\[\s+1\s+;\s+3\s+R/);
  });

  it("reports the screen if a wait times out", async () => {
    const program = sh("printf 'something else'; read x");
    await program.waitFor(/else/);
    await expect(program.waitFor(/missing/, 20)).rejects.toThrow(/20 ms passed.*missing.*something else/s);
    const early = program.waitFor(/missing/);
    program.press("<Enter>");
    await expect(early).rejects.toThrow(/the program ended \({"code":0,"signal":0}\).*something else/s);
  });

  it("ignores half-drawn updates", async () => {
    const program = sh("stty -echo; printf '\\033[?2026hhalf'; read x; printf ' drawn\\033[?2026l'; read x");
    const parsed = program.terminal.onWriteParsed(() => {
      if (!program.text().includes("half")) return;
      parsed.dispose();
      program.press("<Enter>");
    });
    let displaySettings = 0;
    await program.waitFor(() => {
      if (/half/.test(program.text())) displaySettings += 1;
      return /drawn/.test(program.text());
    });
    expect(displaySettings).toBe(1);
  });

  it("sets up the same environment everywhere", async () => {
    const program = startInTerminal({
      command: "sh",
      args: ["-c", "env | grep -E '^(TERM|LANG|HOME|NO_COLOR|NODE_ENV|FAULTLINE_TEST)=' | sort"],
      env: { FAULTLINE_TEST: "yes", HOME: undefined },
    });
    await program.exited;
    expect(program.text().trim()).toBe("FAULTLINE_TEST=yes\nLANG=C.UTF-8\nTERM=xterm-256color");
  });

  it("sends signals", async () => {
    const program = sh("printf up; read x");
    await program.waitFor(/up/);
    program.kill("SIGTERM");
    expect(await program.exited).toEqual({ code: 0, signal: 15 });
  });

  it("translates the names of keys", () => {
    expect(keyBytes("ab<Enter><C-c><Esc><PgDn> < <nokey>")).toBe("ab\r\x03\x1b\x1b[6~ < <nokey>");
  });
});
