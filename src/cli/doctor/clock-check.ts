import { watchSystemClock } from "../../core/clock-drift.ts";
import { type Check, failed, ok, warning } from "./types.ts";

/** No build of this program is older, ms since the epoch. */
const EARLIEST = Date.UTC(2025, 0, 1);
const WATCHED_MS = 300;
/** System clocks are adjusted by less all the time, ms. */
const TOLERANCE_MS = 50;
/** A later timer delays the ticks of a monitor, ms. */
const LATE_MS = 250;

/** Whether the system clock is set, and runs evenly. */
export const clockCheck: Check = {
  title: "clock",
  async run({ deps: { realClock } }) {
    const { now, driftMs, lateMs } = await watchSystemClock(realClock, WATCHED_MS);
    const time = new Date(now).toISOString();
    if (now < EARLIEST) return [failed(`the system clock says ${time}; set it`)];
    if (Math.abs(driftMs) > TOLERANCE_MS)
      return [warning(`the system clock moved by ${driftMs} ms within ${WATCHED_MS} ms: it is being set`)];
    if (lateMs > LATE_MS) return [warning(`timers are ${lateMs} ms late: this machine is busy`)];
    return [ok(`${time}, time zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`)];
  },
};
