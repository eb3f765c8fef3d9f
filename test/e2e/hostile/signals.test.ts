import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { cases, report } from "../../hostile/scale.ts";
import { pause, underShell } from "./under-shell.ts";

const ENDING = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
const random = createRandom("signals", "hostile").next;
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const moments = Array.from({ length: cases(4, 60) }, () => ({
  signal: pick(ENDING),
  afterMs: Math.round(3_000 * random() ** 2),
  /** Stops and continues before the end. */
  stops: Math.floor(3 * random()),
  isResized: random() < 0.5,
}));
let lost = 0;
afterAll(() => report("signals at random moments", moments.length, lost));

describe("a signal at a random moment", () => {
  it.each(moments)("leaves nothing behind: $signal after $afterMs ms", async (moment) => {
    lost += 1;
    const { signal, afterMs, stops, isResized } = moment;
    const run = underShell([]);
    await pause(afterMs);
    for (let nth = 0; nth < stops; nth++) {
      run.signal("SIGSTOP");
      if (isResized) run.program.resize(60 + nth, 20);
      await pause(50);
      run.signal("SIGCONT");
      run.signal("SIGWINCH");
    }
    const isShown = run.program.modes().alternateScreen;
    run.signal(signal);
    // A signal before the program has a listener ends it as any program.
    const again = setInterval(() => run.signal(signal), 1_500);
    const code = await run.restored();
    clearInterval(again);
    const early = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129 }[signal];
    if (isShown) expect(code).toBe(0);
    else expect([0, early]).toContain(code);
    lost -= 1;
  });
});
