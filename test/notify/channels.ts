import { catalog } from "../../src/catalog/index.ts";
import { createVirtualClock, type VirtualClock } from "../../src/core/virtual-clock.ts";
import { openChannel } from "../../src/notify/open-channel.ts";
import type { ChannelConfig } from "../../src/notify/settings.ts";
import type { ChannelContext, OpenChannel, SendResult } from "../../src/notify/types.ts";
import { aNotification } from "./notifications.ts";

export const TIMEOUT_MS = 5_000;

/** The config of a channel with these options, as a config file would give it. */
export function channelConfig(
  kind: string,
  options: object,
  given: Partial<ChannelConfig> = {},
): ChannelConfig {
  const parsed = catalog.channels.get(kind)!.schema.parse(options);
  return { name: "ops", kind, options: parsed, timeoutMs: TIMEOUT_MS, template: {}, ...given };
}

export interface Opened extends OpenChannel {
  readonly clock: VirtualClock;
}

/** Opens a real channel on a virtual clock. */
export function opened(
  kind: string,
  options: object,
  context: Partial<ChannelContext> = {},
  given: Partial<ChannelConfig> = {},
): Opened {
  const clock = createVirtualClock();
  const channel = openChannel(channelConfig(kind, options, given), catalog.channels.get(kind)!, {
    clock,
    env: {},
    ...context,
  });
  return { ...channel, clock };
}

/** Sends one notification; the result of the attempt. */
export async function sent(channel: OpenChannel, notification = aNotification()): Promise<SendResult> {
  return (await channel.deliver(notification, new AbortController().signal)).result;
}
