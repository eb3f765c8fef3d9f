import { pid } from "node:process";
import type { Catalog } from "../catalog/index.ts";
import type { Config } from "../config/types.ts";
import type { Clock } from "../core/clock.ts";
import type { Logger } from "../core/log.ts";
import type { NotificationSnapshot } from "../core/notification.ts";
import { loadRegexEngine } from "../core/regex.ts";
import { stateDirectory } from "../core/state-directory.ts";
import type { AlertNotifier, ObservedAlerts } from "../monitor/notifying.ts";
import type { Notifier } from "../notify/notifier.ts";
import type { NotifyConfig } from "../notify/settings.ts";

export interface NotificationsParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly log: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to the terminal of the screen; absent without one. */
  readonly terminal?: ((sequence: string) => void) | undefined;
}

/**
 * The notifier of a live run. It is loaded once a config has a section `notify`, also later by an edit, and ends
 * when an edit removes the section. Before `begin` nothing is told: the minute before the start is only simulated.
 */
export class Notifications implements AlertNotifier {
  readonly #parts: NotificationsParts;
  #config: Config;
  #hasBegun = false;
  #notifier: Notifier | undefined;
  /** The loading of one and the end of another follow each other: they use the same queue. */
  #work: Promise<void> = Promise.resolve();
  #isLoading = false;
  /** Of the whole run: an edit may take the section out and bring it back. */
  readonly #openings = new Map<string, number>();

  constructor(config: Config, parts: NotificationsParts) {
    this.#config = config;
    this.#parts = parts;
  }

  /** From now on alerts are real. */
  begin(): void {
    this.#hasBegun = true;
    this.#load();
  }

  observe(observed: ObservedAlerts): void {
    if (this.#hasBegun) this.#notifier?.observe(observed);
  }

  configure(config: Config): void {
    this.#config = config;
    const notifier = this.#notifier;
    const { notify } = config;
    if (notifier === undefined) {
      if (this.#hasBegun) this.#load();
    } else if (notify === undefined) {
      this.#notifier = undefined;
      this.#then(() => notifier.stop());
    } else {
      this.#then(async () => {
        await prepareFor(notify);
        notifier.configure(notify);
      });
    }
  }

  snapshot(): NotificationSnapshot | undefined {
    return this.#notifier?.snapshot();
  }

  testChannel(channel: string, by: string): string {
    return this.#loaded().testChannel(channel, by);
  }

  retryDelivery(key: string): string {
    return this.#loaded().retryDelivery(key);
  }

  /** Ends within about a second; see Notifier.stop. */
  async stop(): Promise<void> {
    this.#hasBegun = false;
    const notifier = this.#notifier;
    this.#notifier = undefined;
    await notifier?.stop();
  }

  #loaded(): Notifier {
    if (this.#notifier !== undefined) return this.#notifier;
    throw new RangeError("nobody is notified: the config has no section notify");
  }

  #load(): void {
    if (this.#config.notify === undefined || this.#isLoading) return;
    this.#isLoading = true;
    this.#then(() =>
      this.#open().finally(() => {
        this.#isLoading = false;
      }),
    );
  }

  #then(next: () => Promise<void>): void {
    this.#work = this.#work
      .then(next)
      .catch((error: unknown) => this.#parts.log.log("error", "notifier_failed", { problem: String(error) }));
  }

  async #open(): Promise<void> {
    const { catalog, clock, log, env, terminal } = this.#parts;
    // Most runs notify nobody, and the first frame does not wait for it.
    const [{ Notifier }, { openChannel }] = await Promise.all([
      import("../notify/notifier.ts"),
      import("../notify/open-channel.ts"),
    ]);
    const { notify } = this.#config;
    if (notify === undefined || !this.#hasBegun) return;
    await prepareFor(notify);
    this.#notifier = new Notifier(notify, {
      clock,
      log,
      directory: stateDirectory(env),
      pid,
      openings: this.#openings,
      open: (config) => openChannel(config, catalog.channels.get(config.kind)!, { clock, env, terminal }),
    });
    await this.#notifier.start();
    // It may have been edited meanwhile.
    this.configure(this.#config);
  }
}

/** The engine is large, and few routes match by regular expressions. */
async function prepareFor({ routes }: NotifyConfig): Promise<void> {
  if (routes.some(({ matchers }) => matchers.some(({ operator }) => operator.endsWith("~"))))
    await loadRegexEngine();
}
