import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { printable } from "../../core/printable.ts";
import { TITLE } from "../templates.ts";
import type { ChannelKind } from "../types.ts";

const schema = lazy(() =>
  z.strictObject({
    bell: z.boolean().default(true).describe("ring the bell"),
    notice: z
      .enum(["auto", "osc9", "osc777", "none"])
      .default("auto")
      .describe("desktop notice by OSC 9 (iTerm2, WezTerm, Ghostty, Windows) or OSC 777 (foot, urxvt, VTE)"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;
type Env = Readonly<Record<string, string | undefined>>;

const BEL = "\u0007";
const ESC = "\u001b";
const ST = `${ESC}\\`;

/** Longer ones are cut by every desktop, characters. */
const MAX_LENGTH = 200;

/**
 * The kind of notice that a terminal understands. Over SSH only TERM arrives; most that know one of the two and call
 * themselves xterm-256color know OSC 9, and the others ignore it. A terminal that knows both would show two notices.
 */
function noticeFor({ TERM = "", VTE_VERSION }: Env): "osc9" | "osc777" | "none" {
  if (TERM === "" || TERM === "dumb" || TERM === "linux") return "none";
  return VTE_VERSION !== undefined || /^(foot|rxvt)/.test(TERM) ? "osc777" : "osc9";
}

/** tmux (with allow-passthrough) and screen hand on what is wrapped for them, and would drop the rest. */
function wrapped(sequence: string, { TMUX, TERM = "" }: Env): string {
  if (TMUX !== undefined) return `${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ST}`;
  // BEL does not end it there.
  return TERM.startsWith("screen") ? `${ESC}P${sequence}${ST}` : sequence;
}

/** The sequences of a notice. Texts come from outside: nothing in them may end the sequence, or be one. */
function sequenceOf(title: string, body: string, { bell, notice }: Options, env: Env): string {
  const ring = bell ? BEL : "";
  const type = notice === "auto" ? noticeFor(env) : notice;
  if (type === "none") return ring;
  const text = (part: string) => printable(part.replace(/\s+/g, " ").trim(), MAX_LENGTH);
  // A number first would be another command of OSC 9, such as a progress bar.
  const osc9 = `${ESC}]9;${text(`${title} ${body}`).replace(/^(?=\d+;)/, " ")}${BEL}`;
  const osc777 = `${ESC}]777;notify;${text(title).replaceAll(";", ",")};${text(body)}${BEL}`;
  return wrapped(type === "osc9" ? osc9 : osc777, env) + ring;
}

/** The terminal that Faultline runs in. */
export const terminal: ChannelKind<Options> = {
  kind: "terminal",
  description:
    "Rings the bell of the terminal and shows a desktop notice through it, also over SSH, and in tmux with " +
    "allow-passthrough on.",
  get schema() {
    return schema();
  },
  example: { name: "bell", kind: "terminal" },
  template: { title: TITLE, body: "{{ message }}" },
  secrets: [],
  preview: (options, _notification, { title, body }) =>
    JSON.stringify(sequenceOf(title, body, options, { TERM: "xterm" })),
  open: (options, { terminal: write, env }) => ({
    async send(_notification, { title, body }) {
      if (write === undefined) {
        return {
          ok: false,
          problem: "there is no terminal to write to; the live screen has one",
          retry: false,
        };
      }
      write(sequenceOf(title, body, options, env));
      return { ok: true };
    },
    close() {},
  }),
};
