import type { Clock } from "../core/clock.ts";
import { formatDuration } from "../core/text.ts";
import type { FaultBook } from "../faults/book.ts";
import { faultKind } from "../faults/index.ts";
import type { ActiveFault } from "../faults/types.ts";
import type { EventLog } from "./event-log.ts";
import type { FaultCards } from "./fault-cards.ts";
import type { Fleet } from "./fleet.ts";
import type { Command, Outcome } from "./types.ts";

export interface DispatcherParts {
  readonly clock: Clock;
  readonly book: FaultBook;
  readonly cards: FaultCards;
  readonly events: EventLog;
  readonly fleet: Fleet;
}

/** Carries out what operators ask for, and ends faults whose time is up. */
export function createDispatcher({ clock, book, cards, events, fleet }: DispatcherParts) {
  const done = (text: string): Outcome => ({ done: true, text });
  const refused = (text: string): Outcome => ({ done: false, text });

  function inject({ service, kind, intensity, ttlMs }: Extract<Command, { type: "inject" }>): Outcome {
    const target = fleet.get(service);
    if (!target) return refused(`there is no service ${service}`);
    if (target.breakable !== true) return refused(`${service} cannot be broken: ${target.breakable}`);
    let fault: ActiveFault;
    try {
      fault = book.inject({ service, kind, intensity, ttlMs, at: clock.now() });
    } catch (error) {
      if (error instanceof RangeError) return refused(error.message);
      throw error;
    }
    const label = labelOf(fault);
    cards.opened(fault, label, fleet.upstreamOf(service), fleet.condition, fleet.windowOf(service));
    const text = `${label} on ${service}, for ${formatDuration(ttlMs)}`;
    events.add(fault.startedAt, "fault", service, text, "degraded");
    return done(text);
  }

  function end(faults: readonly ActiveFault[], at: number, by: "time" | "operator"): void {
    for (const fault of faults) {
      cards.ended(fault, at, by);
      const why = by === "time" ? "time is up" : "cleared";
      events.add(
        at,
        "fault",
        fault.service,
        `${labelOf(fault)} on ${fault.service} ended: ${why}`,
        "healthy",
      );
    }
  }

  function clear(faults: readonly ActiveFault[], at: number, where: string): Outcome {
    if (faults.length === 0) return refused(`no fault runs ${where}`);
    end(faults, at, "operator");
    return done(`cleared ${faults.length === 1 ? labelOf(faults[0]!) : `${faults.length} faults`} ${where}`);
  }

  return {
    dispatch(command: Command): Outcome {
      const now = clock.now();
      switch (command.type) {
        case "inject":
          return inject(command);
        case "clear":
          return clear(book.clear(command.service, now), now, `on ${command.service}`);
        case "clear-all":
          return clear(book.clearAll(now), now, "anywhere");
      }
    },
    expireFaults: (now: number) => {
      for (const fault of book.expire(now)) end([fault], fault.endsAt, "time");
    },
    /** Ends the faults of services that are watched no longer. */
    forget(services: readonly { readonly name: string }[]): void {
      for (const { name } of services) end(book.clear(name, clock.now()), clock.now(), "operator");
    },
  };
}

function labelOf(fault: ActiveFault): string {
  return faultKind(fault.kind)!.label(fault.intensity);
}
