import type { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { Notification } from "../core/notification.ts";
import type { Rate } from "./settings.ts";

/** What a template made of a notification. */
export interface Rendered {
  /** One line. */
  readonly title: string;
  readonly body: string;
}

/** The result of one attempt. Its sentences contain no secret. */
export type SendResult =
  | {
      readonly ok: true;
      /** What went wrong without keeping it from arriving: one of two peers did not answer. */
      readonly note?: string;
    }
  | {
      readonly ok: false;
      /** One sentence. */
      readonly problem: string;
      /** Whether another attempt can succeed: timeouts, 429 and 5xx, but not 400 or a wrong token. */
      readonly retry: boolean;
      /** The recipient asked to wait this long, ms. */
      readonly retryAfterMs?: number;
    };

/** What a channel may use. */
export interface ChannelContext {
  readonly clock: Clock;
  /** Writes to the terminal of the local screen; absent without one. */
  readonly terminal?: ((sequence: string) => void) | undefined;
  /** The environment of this process: what a command inherits, and which terminal it is. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An open channel. */
export interface Channel {
  /**
   * Sends one notification. It should not throw, and should end when `signal` is aborted: at its time limit or on
   * exit. `openChannel` guards both.
   */
  send(notification: Notification, rendered: Rendered, signal: AbortSignal): Promise<SendResult>;
  close(): void;
}

/** When a recipient that keeps alerts itself is told of them again. */
export interface Resend {
  /** Of alerts that fire, ms: instead of the repeat interval of the route. */
  readonly everyMs: number;
  /** How long resolved alerts are sent along, ms. */
  readonly resolvedForMs: number;
}

/** A problem or advice about an option: the path inside the options, and a message that follows its name. */
export interface OptionProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A kind of channel: how something reaches a receiver. */
export interface ChannelKind<Options = unknown> {
  readonly kind: string;
  readonly description: string;
  /**
   * The options with their defaults, in config spelling (snake_case), strict. It accepts its own output. Texts may
   * contain references to secrets (see `secrets.ts`), which are resolved when the channel is opened.
   */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** An example entry of `notify.channels`, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The templates of the title and the body. */
  readonly template: { readonly title: string; readonly body: string };
  /** The options that are secret: plain text in them is advised against, and they are never printed. */
  readonly secrets: readonly string[];
  /** The rate limit for each receiver, unless configured; absent: unlimited. */
  readonly rate?: Rate;
  /** For recipients that keep alerts themselves, such as an Alertmanager. */
  resend?(options: Options): Resend;
  /** Whether it also takes notifications with the reason `acknowledged`. */
  readonly acknowledgements?: boolean;
  /**
   * What of the target is missing on this machine, such as a program or a folder. The network is not used.
   * @param options with secrets resolved
   */
  targetProblems?(options: Options, context: Pick<ChannelContext, "env">): readonly OptionProblem[];
  /**
   * What it would send, as text: the body of a request, a mail. Anything that depends on the time of sending is left
   * out.
   * @param options as configured: references to secrets stay as they are
   */
  preview(options: Options, notification: Notification, rendered: Rendered): string;
  /** @param options with secrets resolved */
  open(options: Options, context: ChannelContext): Channel;
}

/** The outcome of one attempt to deliver. */
export interface Attempted {
  /** How long it took, ms. */
  readonly tookMs: number;
  readonly result: SendResult;
}

/**
 * A channel as configured, ready to deliver: with secrets resolved, templates, a time limit and measured latency. What
 * is missing to open it (a variable that is not set) is the problem of every attempt, which is not worth a retry.
 */
export interface OpenChannel {
  /** Absent: it is repeated as its route says. */
  readonly resend: Resend | undefined;
  /** Whether it takes notifications with the reason `acknowledged`. */
  readonly acknowledgements: boolean;
  /** Never throws, and ends at the time limit, or with a problem worth a retry soon after `signal` is aborted. */
  deliver(notification: Notification, signal: AbortSignal): Promise<Attempted>;
  close(): void;
}
