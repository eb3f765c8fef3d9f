import type { Clock } from "../core/clock.ts";
import type { Notification } from "../core/notification.ts";
import { printable } from "../core/printable.ts";
import { parseTemplate } from "../core/template.ts";
import { formatDuration } from "../core/text.ts";
import { prepareOptions } from "./prepare.ts";
import type { Redact } from "./redact.ts";
import type { ChannelConfig } from "./settings.ts";
import type { Channel, ChannelContext, ChannelKind, OpenChannel, Rendered, SendResult } from "./types.ts";
import { templateValues } from "./variables.ts";

/** Longer ones are cut, characters. */
const MAX_TITLE = 250;
const MAX_BODY = 16_000;
const MAX_PROBLEM = 300;

/**
 * Opens a channel as configured. Whatever is wrong with it (a secret that is missing, a kind that throws or hangs) is
 * the problem of its attempts, never of the caller.
 */
export function openChannel(config: ChannelConfig, kind: ChannelKind, context: ChannelContext): OpenChannel {
  const prepared = prepareOptions(config, kind, context);
  if (!prepared.ok) {
    const problem = prepared.problems.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    return unusable(problem);
  }
  const { options, redact } = prepared;
  let channel: Channel;
  try {
    channel = kind.open(options, context);
  } catch (error) {
    return unusable(sentence(error, redact));
  }
  const render = rendererOf(config, kind);
  return {
    resend: kind.resend?.(options),
    acknowledgements: kind.acknowledgements ?? false,
    async deliver(notification, signal) {
      const startedAt = context.clock.now();
      const send = async (limit: AbortSignal) => channel.send(notification, render(notification), limit);
      const result = await guarded(send, config.timeoutMs, signal, context.clock).catch(
        (error: unknown): SendResult => ({ ok: false, problem: sentence(error, redact), retry: false }),
      );
      return { tookMs: context.clock.now() - startedAt, result: cleaned(result, redact) };
    },
    close() {
      try {
        channel.close();
      } catch {
        // It is not used any more.
      }
    },
  };
}

/** The texts that a channel would send, as far as the template decides. */
export function rendererOf(
  { template }: Pick<ChannelConfig, "template">,
  kind: Pick<ChannelKind, "template">,
): (notification: Notification) => Rendered {
  const title = parseTemplate(template.title ?? kind.template.title);
  const body = parseTemplate(template.body ?? kind.template.body);
  return (notification) => {
    const values = templateValues(notification);
    return {
      title: cut(title.render(values).replace(/\s*\n\s*/g, " "), MAX_TITLE),
      body: cut(body.render(values).trim(), MAX_BODY),
    };
  };
}

/** Ends an attempt at its time limit, or when it is cancelled, even if it does not end itself. */
async function guarded(
  send: (limit: AbortSignal) => Promise<SendResult>,
  timeoutMs: number,
  signal: AbortSignal,
  clock: Clock,
): Promise<SendResult> {
  const limit = new AbortController();
  const ended = Promise.withResolvers<SendResult>();
  const end = (problem: string) => ended.resolve({ ok: false, problem, retry: true });
  const cancelled = () => end("the attempt was cancelled");
  const cancelLimit = clock.after(timeoutMs, () => end(`no answer within ${formatDuration(timeoutMs)}`));
  signal.addEventListener("abort", cancelled, { once: true });
  try {
    if (signal.aborted) cancelled();
    else send(limit.signal).then(ended.resolve, ended.reject);
    return await ended.promise;
  } finally {
    cancelLimit();
    signal.removeEventListener("abort", cancelled);
    // Frees what an attempt holds that has not ended.
    limit.abort();
  }
}

/** A channel whose attempts all have this problem. */
function unusable(problem: string): OpenChannel {
  const result = { ok: false, problem: cut(printable(problem), MAX_PROBLEM), retry: false } as const;
  return {
    resend: undefined,
    acknowledgements: false,
    deliver: async () => ({ tookMs: 0, result }),
    close() {},
  };
}

function cleaned(result: SendResult, redact: Redact): SendResult {
  const clean = (text: string) => cut(printable(redact(text)), MAX_PROBLEM);
  if (!result.ok) return { ...result, problem: clean(result.problem) };
  return result.note === undefined ? result : { ...result, note: clean(result.note) };
}

function sentence(error: unknown, redact: Redact): string {
  const message = error instanceof Error ? error.message : String(error);
  return redact(`unexpected failure: ${message}`);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}
