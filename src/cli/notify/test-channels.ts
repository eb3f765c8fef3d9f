import { createHash, randomUUID } from "node:crypto";
import { catalog } from "../../catalog/index.ts";
import type { Notification } from "../../core/notification.ts";
import { printable } from "../../core/printable.ts";
import { formatMs } from "../../core/text.ts";
import { openChannel } from "../../notify/open-channel.ts";
import type { ChannelConfig } from "../../notify/settings.ts";
import type { Attempted } from "../../notify/types.ts";
import type { CliDeps, CliIo } from "../io.ts";

/**
 * Sends a test over each channel, all at once, and prints one line for each in the order of the config.
 * @returns whether all arrived
 */
export async function testChannels(
  channels: readonly ChannelConfig[],
  { stdout, env }: CliIo,
  { realClock: clock, writeTerminal: terminal }: CliDeps,
): Promise<boolean> {
  const attempts = channels.map(async (config) => {
    const channel = openChannel(config, catalog.channels.get(config.kind)!, { clock, terminal, env });
    const attempt = await channel.deliver(
      testNotification(config.name, clock.now()),
      new AbortController().signal,
    );
    channel.close();
    return attempt;
  });
  const width = Math.max(...channels.map(({ name, kind }) => name.length + kind.length + 3));
  let arrived = 0;
  for (const [index, attempt] of attempts.entries()) {
    const { name, kind } = channels[index]!;
    const attempted = await attempt;
    if (attempted.result.ok) arrived += 1;
    stdout.write(`${printable(`${`${name} (${kind})`.padEnd(width)}  ${outcome(attempted)}`)}\n`);
  }
  if (channels.length > 1) stdout.write(`${arrived}/${channels.length} channels\n`);
  return arrived === channels.length;
}

/** A test is a new one each time: recipients drop what they have seen. */
function testNotification(channel: string, at: number): Notification {
  const key = createHash("sha256").update(`test ${channel} ${randomUUID()}`).digest("hex");
  return {
    key,
    groupKey: key,
    reason: "test",
    severity: "warning",
    receiver: "test",
    channel,
    group: {},
    alerts: [],
    level: 0,
    createdAt: at,
  };
}

function outcome({ tookMs, result }: Attempted): string {
  const time = `${formatMs(tookMs)} ms`;
  if (result.ok) return `delivered in ${time}${result.note === undefined ? "" : `; ${result.note}`}`;
  return `FAILED after ${time}: ${result.problem}${result.retry ? "; a monitor would try again" : ""}`;
}
