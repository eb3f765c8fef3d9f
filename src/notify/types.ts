import type { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { Notification } from "../core/notification.ts";

/** What a template made of a notification. */
export interface Rendered {
  /** One line. */
  readonly title: string;
  readonly body: string;
}

/** The result of one attempt. A problem is one sentence that contains no secret. */
export type SendResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
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
  readonly terminal?: (sequence: string) => void;
}

/** An open channel. */
export interface Channel {
  /** Sends one notification. Never throws; `signal` ends it at its time limit or on exit. */
  send(notification: Notification, rendered: Rendered, signal: AbortSignal): Promise<SendResult>;
  close(): void;
}

/** A kind of channel: how something reaches a receiver. */
export interface ChannelKind<Options = unknown> {
  readonly kind: string;
  readonly description: string;
  /**
   * The options with their defaults, in config spelling (snake_case), strict. Texts may contain references to
   * secrets, which are resolved when the channel is opened.
   */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** An example entry of `notify.channels`, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The templates of the title and the body. */
  readonly template: { readonly title: string; readonly body: string };
  /** @param options with secrets resolved */
  open(options: Options, context: ChannelContext): Channel;
}
