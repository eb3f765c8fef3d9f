import { createAlertLifecycle } from "../alerts/lifecycle.ts";
import type { Config } from "../config/types.ts";
import type { Alert } from "../core/alert.ts";
import type { Beat, Cancel, Clock } from "../core/clock.ts";
import { createRandom } from "../core/random.ts";
import { formatDuration } from "../core/text.ts";
import { createFaultBook } from "../faults/book.ts";
import { faultKinds } from "../faults/index.ts";
import { createStore } from "../store/store.ts";
import { createDispatcher } from "./dispatch.ts";
import { createEventLog } from "./event-log.ts";
import { FaultCards } from "./fault-cards.ts";
import { createFleet } from "./fleet.ts";
import { Lag } from "./lag.ts";
import { describeTransition } from "./sentences.ts";
import { Sources } from "./sources.ts";
import { Timeline } from "./timeline.ts";
import type { ConfigState, FaultCard, Monitor, SelfSnapshot, Snapshot } from "./types.ts";

export interface MonitorOptions {
  readonly config: Config;
  /** The name of the config as people know it, for the screen. */
  readonly configName: string;
  readonly clock: Clock;
  /** False in headless runs on a virtual clock: nothing outside the process is asked. */
  readonly live: boolean;
}

/** Changes of the lists of alerts and of faults that are kept; while an alert fires, each tick is one. */
const PAST_CHANGES = 20_000;

/**
 * So many pictures of single services are kept as they were published: going back a little shows the very
 * numbers that stood there, and not what the store knows of that instant by now.
 */
const RECENT_PICTURES = 2_000;

/** The tick loop: the only place where observations, health, rules and faults meet, in that order. */
export function createMonitor({ config: first, configName, clock, live }: MonitorOptions): Monitor {
  const startedAt = clock.now();
  const store = createStore();
  // Before it is told the time, the store would believe any time it sees.
  store.advance(startedAt);
  const book = createFaultBook();
  const cards = new FaultCards();
  const events = createEventLog();
  const lifecycle = createAlertLifecycle();
  const lag = new Lag();
  const pastAlerts = new Timeline<readonly Alert[]>(PAST_CHANGES);
  const pastFaults = new Timeline<readonly FaultCard[]>(PAST_CHANGES);
  const listeners = new Set<() => void>();
  const sources = new Sources(
    { clock, live, random: (name) => createRandom(config.seed, name), effects: book.effects },
    store,
  );
  let config = first;
  let configState: ConfigState = { name: configName, problem: undefined };
  const fleet = createFleet({ store, sources, events, startedAt, live });
  const dispatcher = createDispatcher({ clock, book, cards, events, fleet });
  let ticks = 0;
  let tickTookMs = 0;
  let cancelTick: Cancel = () => {};
  fleet.configure(config);
  let recent = recentSnapshots();
  let current = publishable(startedAt);

  function tick(beat: Beat): void {
    const now = beat.at;
    const sleptMs = lag.note(beat);
    if (sleptMs > 0) {
      fleet.woke(now);
      events.add(
        now,
        "monitor",
        undefined,
        `nothing was collected for ${formatDuration(sleptMs)}: the machine slept or stood still`,
        "unknown",
      );
    }
    store.advance(now);
    dispatcher.expireFaults(now);
    const readings = fleet.assess(now);
    for (const transition of lifecycle.evaluate(now, fleet.ruleInstances(readings, now))) {
      if (transition.type === "fired") cards.fired(transition.alert, now);
      const { text, tone } = describeTransition(transition);
      if (text) events.add(now, "alert", transition.alert.service, text, tone);
    }
    cards.observe(now, fleet.condition);
    pastAlerts.note(now, lifecycle.alerts());
    pastFaults.note(now, cards.list());
    ticks += 1;
    show(publishable(now));
    tickTookMs = clock.now() - now - beat.lateMs;
  }

  function self(): SelfSnapshot {
    const { bytes, services: _, ...told } = store.self();
    return {
      lagMs: lag.newestMs,
      worstLagMs: lag.worstMs,
      skippedTicks: lag.skipped,
      tickMs: Math.max(0, tickTookMs),
      storeBytes: bytes,
      ...told,
    };
  }

  /** What does not depend on the instant that is looked at. */
  function frame(): Pick<
    Snapshot,
    "startedAt" | "tickMs" | "windowMs" | "self" | "config" | "history" | "healths"
  > {
    const { tickMs, windowMs } = config;
    return {
      startedAt,
      tickMs,
      windowMs,
      self: self(),
      config: configState,
      history: store,
      healths: fleet.healths,
    };
  }

  function publishable(at: number): Snapshot {
    return {
      ...frame(),
      ...fleet.snapshot(),
      tick: ticks,
      at,
      alerts: lifecycle.alerts(),
      faults: cards.list(),
      events: events.newestFirst(),
    };
  }

  /** Everything as it stood at an instant that is over, as far as it is still known. */
  function past(at: number): Snapshot {
    return {
      ...frame(),
      ...fleet.snapshotAt(at),
      tick: Math.max(0, ticks - Math.round((current.at - at) / config.tickMs)),
      at,
      alerts: pastAlerts.at(at) ?? [],
      faults: pastFaults.at(at) ?? [],
      events: events.newestFirst().filter((event) => event.at <= at),
    };
  }

  function publish(): void {
    show(publishable(current.at));
  }

  function show(snapshot: Snapshot): void {
    current = snapshot;
    recent.note(snapshot.at, snapshot);
    for (const listener of listeners) listener();
  }

  function recentSnapshots(): Timeline<Snapshot> {
    return new Timeline(Math.ceil(RECENT_PICTURES / config.services.length));
  }

  return {
    faultKinds: Object.values(faultKinds),
    start() {
      sources.open(config.services);
      cancelTick = clock.every(config.tickMs, tick);
    },
    stop() {
      cancelTick();
      sources.stop();
      book.clearAll(clock.now());
      listeners.clear();
    },
    snapshot: () => current,
    snapshotAt: (at) => (at >= current.at ? current : (recent.at(at) ?? past(Math.max(startedAt, at)))),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(command) {
      const outcome = dispatcher.dispatch(command);
      if (outcome.done) publish();
      return outcome;
    },
    reconfigure(next) {
      const now = clock.now();
      dispatcher.forget(
        config.services.filter(({ name }) => !next.services.some((kept) => kept.name === name)),
      );
      const retimed = next.tickMs !== config.tickMs;
      config = next;
      configState = { ...configState, problem: undefined };
      fleet.configure(config);
      // Those before show other services than there are now.
      recent = recentSnapshots();
      sources.open(config.services);
      if (retimed) {
        cancelTick();
        cancelTick = clock.every(config.tickMs, tick);
      }
      events.add(
        now,
        "monitor",
        undefined,
        `${configState.name} was read again: ${next.services.length} services`,
        "healthy",
      );
      publish();
    },
    refuseConfig(problem) {
      configState = { ...configState, problem };
      events.add(
        clock.now(),
        "monitor",
        undefined,
        `${configState.name} is wrong, the old one stays in force: ${problem}`,
        "degraded",
      );
      publish();
    },
  };
}
